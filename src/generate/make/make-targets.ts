import { makeShorthands, type Shorthand, serviceActions, traitsOf } from '../../base/commands.ts';
import { calledNames } from '../../base/instance-name.ts';
import type { ProjectNames } from '../project-names.ts';

/** One target and what it says to `./dev`. */
export interface MakeTarget {
  /** The short name first, where it is free, and the one with `dev-` before it. */
  readonly names: readonly string[];
  /** Arguments of `./dev`; names are lower-case letters, digits, hyphens and dots, so nothing needs a quote. */
  readonly command: string;
  /** What of `make NAME PORT=… ARGS=…` is handed on. */
  readonly takes: 'args' | 'port-and-args' | 'task-args';
  /** `action`: on a service, which has a target of its own. */
  readonly kind: 'project' | 'service' | 'action' | 'task';
}

export interface MakeTargets {
  readonly targets: readonly MakeTarget[];
  /** Short names that the user's Makefile has already. */
  readonly taken: readonly string[];
}

interface PossibleTarget {
  readonly name: string;
  readonly alias: string;
  readonly command: string;
  readonly takes: MakeTarget['takes'];
  readonly kind: MakeTarget['kind'];
}

/**
 * The targets for a plan, `help` first so that a Makefile without targets of its own shows it.
 * The config holds the short names apart; one with `dev-` gives way to a service or task that is called so.
 */
export function makeTargets(plan: ProjectNames, isTaken: (name: string) => boolean): MakeTargets {
  const services = calledNames(plan.services.map(({ name }) => name));
  const possible = [...overall(), ...services.flatMap(ofService), ...ofTasks(plan)];
  const shortNames = new Set(possible.map((target) => target.name));
  const targets = possible.flatMap((target) => {
    const names = shortNames.has(target.alias) ? [target.name] : [target.name, target.alias];
    const free = names.filter((name) => !isTaken(name));
    const { command, takes, kind } = target;
    return free.length === 0 ? [] : [{ names: free, command, takes, kind }];
  });
  return { targets, taken: [...shortNames].filter(isTaken) };
}

function overall(): PossibleTarget[] {
  return makeShorthands().map((shorthand) => {
    const { word, command } = shorthand;
    // `dev-dev` would say nothing: the target `dev` is also called after its command.
    return {
      name: word,
      alias: `dev-${word === 'dev' ? command : word}`,
      command: commandLine(shorthand),
      takes: 'args',
      kind: 'project',
    };
  });
}

function ofService(service: string): PossibleTarget[] {
  const bare: Shorthand = { word: '', command: 'up', options: [] };
  return [bare, ...serviceActions()].map((shorthand) => {
    const name = shorthand.word === '' ? service : `${service}-${shorthand.word}`;
    const takes = traitsOf(shorthand.command).takesPort ? 'port-and-args' : 'args';
    const kind = shorthand === bare ? 'service' : 'action';
    return { name, alias: `dev-${name}`, command: commandLine(shorthand, service), takes, kind };
  });
}

function commandLine({ command, options }: Shorthand, ...names: readonly string[]): string {
  return [command, ...names, ...options].join(' ');
}

function ofTasks(plan: ProjectNames): PossibleTarget[] {
  return plan.tasks.map(({ name }) => {
    return { name, alias: `dev-${name}`, command: `run ${name}`, takes: 'task-args', kind: 'task' };
  });
}
