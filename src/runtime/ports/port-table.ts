import type { HolderRelation, PortHolder } from '../state/lifecycle.ts';
import type { PortFacts } from './port-facts.ts';

/** Who has which port, by the facts and by what was assigned since. */
export interface PortTable {
  /** Who keeps the service from the port: has it, or a claim on it, and is no run that ends for this start. */
  holders(port: number, service: string): readonly PortHolder[];
  /** Other services whose run has the port or a claim on it, and ends for this start. */
  leavers(port: number, service: string): readonly string[];
  /** Whether the port is the service's own already. */
  isOwn(port: number, service: string): boolean;
  /** From now on the port is that service's. */
  assign(port: number, service: string): void;
}

/** `launching`: the services whose earlier runs end. */
export function portTable(facts: PortFacts, launching: readonly { readonly service: string }[]): PortTable {
  const listening = new Set(facts.listening);
  const leaving = new Set(launching.map(({ service }) => service));
  const assigned = new Map<number, string>();
  const claims = new Map<number, HolderRelation[]>();
  for (const { port, by } of facts.claims) claims.set(port, [...(claims.get(port) ?? []), by]);

  const relationsAt = (port: number): readonly HolderRelation[] => [
    ...seenAt(port).map(({ relation }) => relation),
    ...(claims.get(port) ?? []),
  ];
  const ownersAt = (port: number): readonly string[] =>
    relationsAt(port).flatMap((relation) => (relation.kind === 'sibling-service' ? [relation.service] : []));
  const stays = ({ relation }: PortHolder): boolean =>
    relation.kind !== 'sibling-service' || !leaving.has(relation.service);

  /** A listener of which nothing else is known is a run's that claimed the port, or anybody's. */
  function seenAt(port: number): readonly PortHolder[] {
    const state = facts.tried[port];
    switch (state?.kind) {
      case 'free':
        return [];
      case 'held':
        return state.holders;
      case 'forbidden':
        return [claimant({ kind: 'privileged' })];
      case undefined:
        return listening.has(port) && !claims.has(port) ? [claimant({ kind: 'untouchable' })] : [];
    }
  }

  return {
    holders(port, service) {
      const next = assigned.get(port);
      if (next !== undefined && next !== service) return [claimant({ kind: 'sibling-service', service: next })];
      const holders = seenAt(port).filter(stays);
      if (holders.length > 0) return holders;
      const [claim] = (claims.get(port) ?? []).map(claimant).filter(stays);
      return claim === undefined ? [] : [claim];
    },
    leavers: (port, service) => [...new Set(ownersAt(port))].filter((owner) => owner !== service && leaving.has(owner)),
    isOwn: (port, service) => ownersAt(port).includes(service),
    assign: (port, service) => void assigned.set(port, service),
  };
}

/** A holder of whom only the relation to us is known. */
function claimant(relation: HolderRelation): PortHolder {
  return { pid: null, command: null, user: null, cwd: null, relation };
}
