import type { ProjectNames } from '../project-names.ts';

/** One target and what it says to `./dev`. */
export interface MakeTarget {
  /** The short name first, where it is free, and the one with `dev-` before it. */
  readonly names: readonly string[];
  /** Arguments of `./dev`; names in a config are lower-case letters, digits and hyphens, so nothing needs a quote. */
  readonly command: string;
  /** What of `make NAME PORT=… ARGS=…` is handed on. */
  readonly takes: 'nothing' | 'args' | 'port-and-args' | 'task-args';
}

export interface MakeTargets {
  readonly targets: readonly MakeTarget[];
  /** Short names that the user's Makefile has already. */
  readonly taken: readonly string[];
}

interface Wish {
  readonly name: string;
  readonly alias: string;
  readonly command: string;
  readonly takes: MakeTarget['takes'];
}

/**
 * The targets for a plan, `help` first so that a Makefile without targets of its own shows it.
 * The config holds the short names apart; one with `dev-` gives way to a service or task that is called so.
 */
export function makeTargets(plan: ProjectNames, isTaken: (name: string) => boolean): MakeTargets {
  const wishes = [...overall(), ...plan.services.flatMap(({ name }) => ofService(name)), ...ofTasks(plan)];
  const shortNames = new Set(wishes.map((wish) => wish.name));
  const targets = wishes.flatMap((wish) => {
    const names = shortNames.has(wish.alias) ? [wish.name] : [wish.name, wish.alias];
    const free = names.filter((name) => !isTaken(name));
    return free.length === 0 ? [] : [{ names: free, command: wish.command, takes: wish.takes }];
  });
  return { targets, taken: [...shortNames].filter(isTaken) };
}

function overall(): Wish[] {
  return [
    { name: 'help', alias: 'dev-help', command: 'help', takes: 'nothing' },
    { name: 'dev', alias: 'dev-up', command: 'up', takes: 'args' },
    { name: 'stop', alias: 'dev-stop', command: 'stop', takes: 'args' },
    { name: 'restart', alias: 'dev-restart', command: 'restart', takes: 'args' },
    { name: 'status', alias: 'dev-status', command: 'status', takes: 'args' },
    { name: 'health', alias: 'dev-health', command: 'health', takes: 'args' },
    { name: 'logs', alias: 'dev-logs', command: 'logs', takes: 'args' },
    { name: 'logs-errors', alias: 'dev-logs-errors', command: 'logs --errors', takes: 'args' },
    { name: 'doctor', alias: 'dev-doctor', command: 'doctor', takes: 'args' },
    { name: 'clean', alias: 'dev-clean', command: 'clean', takes: 'args' },
  ];
}

function ofService(service: string): Wish[] {
  const wish = (suffix: string, command: string, takes: MakeTarget['takes']): Wish => {
    return { name: service + suffix, alias: `dev-${service}${suffix}`, command, takes };
  };
  return [
    wish('', `up ${service}`, 'port-and-args'),
    wish('-force', `up ${service} --force`, 'port-and-args'),
    wish('-restart', `restart ${service}`, 'port-and-args'),
    wish('-stop', `stop ${service}`, 'args'),
    wish('-kill', `kill ${service}`, 'args'),
    wish('-status', `status ${service}`, 'args'),
    wish('-health', `health ${service}`, 'args'),
    wish('-logs', `logs ${service}`, 'args'),
  ];
}

function ofTasks(plan: ProjectNames): Wish[] {
  return plan.tasks.map(({ name }) => ({ name, alias: `dev-${name}`, command: `run ${name}`, takes: 'task-args' }));
}
