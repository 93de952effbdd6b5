import type { Failure } from '../state/lifecycle.ts';
import { adviseOnHolders, describeHolders, describeTaken } from './describe-holder.ts';
import { enumerate, type Sentence, sentence, type Words } from './sentence.ts';

export type PortFailure = Extract<Failure, { readonly reason: 'port-conflict' | 'port-invalid' | 'port-stolen' }>;

/** As the schema of the config has it. */
const MAX_FALLBACK = 1000;

export function describePortFailure(failure: PortFailure, service: string, words: Words): Sentence {
  switch (failure.reason) {
    case 'port-invalid': {
      const value = failure.value === failure.expression ? '' : `, which makes \`${failure.value}\`,`;
      return sentence('bad', `its port \`${failure.expression}\`${value} is not a port (from ${failure.source})`, [
        'hint: A port is a number from 1 to 65535.',
      ]);
    }
    case 'port-stolen':
      return sentence(
        'bad',
        `port ${failure.port} was taken over by ${describeHolders(failure.holders, words)}`,
        advice(failure, service, words),
      );
    case 'port-conflict':
      return sentence('bad', `${describeTaken(failure.port, failure.holders, words)}${triedInVain(failure.tried)}`, [
        ...advice(failure, service, words),
        ...moreFallback(failure, service),
      ]);
  }
}

/** None where more ports would not help, or there are no more. */
function moreFallback({ port, tried, holders }: Extract<Failure, { reason: 'port-conflict' }>, service: string) {
  const more = 2 * tried.length;
  if (more === 0 || more > MAX_FALLBACK || holders.some(({ relation }) => relation.kind === 'privileged')) return [];
  const written = `port: { number: ${port}, fallback: ${more} }`;
  return [`hint: \`${written}\` for \`${service}\` in the config lets it try more ports.`];
}

function advice(failure: Exclude<PortFailure, { reason: 'port-invalid' }>, service: string, words: Words) {
  const clause = adviseOnHolders(failure.holders, { port: failure.port, service }, words);
  return clause === null ? [] : [`hint: ${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`];
}

function triedInVain(tried: readonly number[]): string {
  const [first] = tried;
  const last = tried.at(-1);
  if (first === undefined || last === undefined) return '';
  if (tried.length <= 2) return `, and so is ${enumerate(tried.map(String))}`;
  return `, and no port from ${first} to ${last} is free either`;
}
