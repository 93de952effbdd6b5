import { isLookDear } from '../../platform/is-look-dear.ts';
import { environmentOf } from '../../platform/process-environment.ts';
import { identityOf } from '../../platform/process-identity.ts';
import { findProcess } from '../../platform/process-table.ts';
import { ownAncestors } from '../../platform/signals.ts';
import type { Caller } from '../../runtime/state/use-file.ts';
import { callingAgent, type Environment } from './calling-agent.ts';

const LONGEST_NAME = 40;
/** What only hands commands on. */
const SHELLS = /^-?(?:(?:ba|da|z|k|fi|c|tc)?sh|make|env|timeout|nice|npm|npx)\b/;

/** The coding agent that runs this command, by its own process; `null`: none is known, or to look for it is dear. */
export function ownAgent(environment: Environment): Caller | null {
  const called = callingAgent(environment);
  if (called === null || isLookDear) return null;
  // The first process of a container stands for all that runs there.
  const ancestors = [...ownAncestors()].filter((pid) => pid > 1);
  // A name that our own server for its tools has given: it says whose client it is.
  const [, name = called, client] = /^(.+)-(\d+)$/.exec(called) ?? [];
  const isClient = ancestors.includes(Number(client));
  const pid = isClient ? Number(client) : agentAmong(ancestors);
  const identity = pid === undefined ? undefined : identityOf(pid);
  return identity === undefined ? null : { name: (isClient ? name : called).slice(0, LONGEST_NAME), identity };
}

/** It marks what it starts, and is not marked itself; where that cannot be seen, what is no shell. */
function agentAmong(ancestors: readonly number[]): number | undefined {
  const unmarked = ancestors.find((pid) => {
    const environment = environmentOf(pid);
    return environment !== undefined && callingAgent(environment) === null;
  });
  return unmarked ?? ancestors.find((pid) => !SHELLS.test(findProcess(pid)?.name ?? 'sh'));
}
