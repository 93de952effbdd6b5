import type { HolderRelation, PortHolder } from '../state/lifecycle.ts';
import { enumerate, shortenHome, type Words } from './sentence.ts';

const MAX_COMMAND = 80;

/** Who has a port, to follow "is taken by": every process by command, pid, user and folder, as far as is known. */
export function describeHolders(holders: readonly PortHolder[], words: Words): string {
  if (holders.length === 0) return 'a process that the system does not show';
  return enumerate(holders.map((holder) => describeHolder(holder, words)));
}

/** Says that a port cannot be had, and why; a start of a sentence. */
export function describeTaken(port: number, holders: readonly PortHolder[], words: Words): string {
  if (isPrivileged(holders)) return `port ${port} needs privileges, as ports below 1024 do on most systems`;
  return `port ${port} is taken by ${describeHolders(holders, words)}`;
}

function isPrivileged(holders: readonly PortHolder[]): boolean {
  return holders.some(({ relation }) => relation.kind === 'privileged');
}

/** Whether other checkouts have it: a fallback beside them is how things should be. */
export function isElsewhere(holders: readonly PortHolder[]): boolean {
  return holders.length > 0 && holders.every(({ relation }) => relation.kind === 'other-checkout');
}

/** What the user can do to get `port` for `service`, as a clause; `null`: nothing that we know of. */
export function adviseOnHolders(
  holders: readonly PortHolder[],
  { port, service }: { readonly port: number; readonly service: string },
  words: Words,
): string | null {
  const kinds = new Set(holders.map(({ relation }) => relation.kind));
  if (isPrivileged(holders)) return `give \`${service}\` a \`port\` above 1023 in the config`;
  const [advice] = holders.flatMap(({ relation }) => adviseOnRelation(relation, port));
  if (advice !== undefined) return advice;
  if (holders.length === 0 || kinds.has('untouchable')) {
    return `\`sudo lsof -nP -iTCP:${port} -sTCP:LISTEN\` shows who has it`;
  }
  if (kinds.has('sibling-service')) return `give \`${service}\` another \`port\` in the config`;
  if (kinds.has('own-run')) return null;
  const option = words.ports?.[service] === port ? ` --port ${port}` : '';
  const stops = isElsewhere(holders) ? 'stops that and ' : '';
  return `\`${words.program} ${service} --force${option}\` ${stops}takes ${port} back`;
}

/** How to come by a port that is not ended from here; none for the others. */
export function adviseOnRelation(relation: HolderRelation, port: number): readonly string[] {
  switch (relation.kind) {
    case 'container-engine':
      return relation.container === null
        ? [`\`docker ps --filter publish=${port}\` names the container, \`docker stop NAME\` ends it`]
        : [`\`docker stop ${relation.container}\` ends it`];
    case 'client':
      return [`\`lsof -nP -iTCP:${port}\` shows the connection; the port is free when it is closed`];
    default:
      return [];
  }
}

function describeHolder(holder: PortHolder, words: Words): string {
  const { relation } = holder;
  switch (relation.kind) {
    case 'own-run':
    case 'sibling-service':
      return `\`${relation.service}\` of this project${known(holder, words, [])}`;
    case 'own-leftover':
      return `an earlier run of \`${relation.service}\`${known(holder, words, [])}`;
    case 'other-checkout': {
      const branch = relation.branch === null ? '' : `, branch \`${relation.branch}\``;
      const checkout = `the checkout ${shortenHome(relation.root, words)}${branch}`;
      return `\`${relation.service}\` of ${checkout}${known(holder, words, [])}`;
    }
    case 'container-engine':
      return `${describeContainer(relation.container)}, through ${stranger(holder, words)}`;
    case 'client':
      return `a connection of ${stranger(holder, words)}`;
    case 'stranger':
      return `${resembling(relation.resembles)}${stranger(holder, words)}`;
    case 'privileged':
    case 'untouchable':
      return stranger(holder, words);
  }
}

function resembling(service: string | null): string {
  return service === null ? '' : `what looks like \`${service}\` of this project, started by hand: `;
}

function describeContainer(name: string | null): string {
  return name === null ? 'a container' : `the container \`${name}\``;
}

function stranger(holder: PortHolder, words: Words): string {
  if (holder.command !== null) return `\`${cut(holder.command)}\`${known(holder, words, ['user', 'cwd'])}`;
  if (holder.pid !== null) return `a process${known(holder, words, ['user', 'cwd'])}`;
  if (holder.user !== null) return `a process of the user ${holder.user}`;
  return 'a process that the system does not show';
}

function known(holder: PortHolder, words: Words, also: readonly ('user' | 'cwd')[]): string {
  const facts: string[] = [];
  if (holder.pid !== null) facts.push(`pid ${holder.pid}`);
  if (also.includes('user') && holder.user !== null) facts.push(`user ${holder.user}`);
  if (also.includes('cwd') && holder.cwd !== null) facts.push(`in ${shortenHome(holder.cwd, words)}`);
  return facts.length === 0 ? '' : ` (${facts.join(', ')})`;
}

/** A command line that is not longer than a sentence bears. */
export function cut(command: string): string {
  return command.length <= MAX_COMMAND ? command : `${command.slice(0, MAX_COMMAND - 1)}…`;
}
