import type { PortFacts, PortState } from '../../src/runtime/ports/port-facts.ts';
import type { HolderRelation, PortHolder } from '../../src/runtime/state/lifecycle.ts';

export const EPHEMERAL = { from: 32_768, to: 60_999 };

/** Facts of a machine on which nothing listens and nothing is claimed, but for what is given. */
export function portFacts(given: Partial<PortFacts> = {}): PortFacts {
  return {
    ephemeral: EPHEMERAL,
    listening: [],
    tried: {},
    claims: [],
    lastPorts: {},
    contested: [],
    ...given,
  };
}

export function holder(relation: HolderRelation, pid: number | null = 4711): PortHolder {
  return { pid: relation.kind === 'untouchable' ? null : pid, command: 'x', user: 'me', cwd: '/', relation };
}

export function heldBy(...relations: readonly HolderRelation[]): PortState {
  return { kind: 'held', holders: relations.map((relation) => holder(relation)) };
}

/** A holder of which only the claim is known. */
export function claimant(relation: HolderRelation): PortHolder {
  return { pid: null, command: null, user: null, cwd: null, relation };
}
