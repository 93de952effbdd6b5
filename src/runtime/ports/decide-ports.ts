import type { ConflictPolicy } from '../../plan/plan.ts';
import type { WantedPort, WantedPorts } from '../../plan/wanted-ports.ts';
import type { Failure, PortHolder } from '../state/lifecycle.ts';
import type { RuntimeNews } from '../state/runtime-event.ts';
import { AUTO_RANGE, candidatePorts } from './candidate-ports.ts';
import type { PortFacts } from './port-facts.ts';
import { type PortTable, portTable } from './port-table.ts';

/** One service that is about to be launched, and what its port may cost others. */
export interface PortRequest {
  readonly service: string;
  readonly wanted: WantedPort;
  /** The port that it keeps while nothing else has it, though it is not the wanted one; `null`: none. */
  readonly kept: number | null;
  /** The port that a container of the service publishes already: its engine has it for the service; `null`: none. */
  readonly published: number | null;
  readonly policy: PortPolicy;
  /** How many ports above the wanted one may be taken instead; 0: none. */
  readonly fallbackSpan: number;
  /** What is evicted for the port has this long, from SIGTERM to SIGKILL. */
  readonly graceMs: number;
}

/** What to do about a stranger on the wanted port; `force`: the port is to be had, from other checkouts too. */
export type PortPolicy = 'force' | ConflictPolicy;

export interface PortRequests {
  /** Their earlier runs end before they are launched. */
  readonly launching: readonly PortRequest[];
  /** What every service of the plan wants: no other one falls back to it. */
  readonly wanted: WantedPorts;
}

export type PortVerdict =
  | {
      readonly kind: 'assigned';
      /** `null`: the service has no port. */
      readonly port: number | null;
      /** Who has to be ended before the port can be had. */
      readonly evicted: readonly PortHolder[];
      /** Services whose earlier run has the port and ends for a launch of its own. */
      readonly after: readonly string[];
      readonly news: readonly RuntimeNews[];
    }
  | { readonly kind: 'refused'; readonly failure: PortConflict };

export type PortConflict = Extract<Failure, { readonly reason: 'port-conflict' }>;

/** By service, one for each that is launching. */
export type PortDecision = ReadonlyMap<string, PortVerdict>;

/**
 * Who gets which port, for all services of a start at once. Pure and total: the same facts give the same decision.
 * A service whose own run has its wanted port keeps it, then the others get theirs in the order of the plan, and only
 * then those fall back that could not. A port is assigned once; what is taken instead of a wanted port is never a port
 * that another service wants.
 */
export function decidePorts(facts: PortFacts, { launching, wanted }: PortRequests): PortDecision {
  const table = portTable(facts, launching);
  const isWantedBySibling = siblingsWanting(wanted);
  const decided = new Map<string, PortVerdict>();
  const settle = (request: PortRequest, verdict: PortVerdict): void => {
    decided.set(request.service, verdict);
    if (verdict.kind === 'assigned' && verdict.port !== null) table.assign(verdict.port, request.service);
  };
  for (const request of ownersFirst(launching, ({ wanted }) => wanted, table)) {
    const verdict = preferred(request, table, facts);
    if (verdict !== null) settle(request, verdict);
  }
  const left = launching.filter(({ service }) => !decided.has(service));
  for (const request of ownersFirst(left, ({ service }) => lastPortOf(service, facts), table)) {
    settle(request, fallBack(request, { facts, table, isWantedBySibling }));
  }
  return decided;
}

function siblingsWanting(wanted: WantedPorts): (port: number, service: string) => boolean {
  const services = new Map<WantedPort, Set<string>>();
  for (const [name, port] of wanted) services.set(port, (services.get(port) ?? new Set()).add(name));
  return (port, service) => [...(services.get(port) ?? [])].some((name) => name !== service);
}

/** Those whose own run has the port already, then the others; both in their order. */
function ownersFirst(
  requests: readonly PortRequest[],
  portOf: (request: PortRequest) => WantedPort | undefined,
  table: PortTable,
): readonly PortRequest[] {
  const isOwner = (request: PortRequest): boolean => {
    const port = portOf(request);
    return typeof port === 'number' && table.isOwn(port, request.service);
  };
  return [...requests.filter(isOwner), ...requests.filter((request) => !isOwner(request))];
}

function lastPortOf(service: string, { lastPorts }: PortFacts): number | undefined {
  return Object.hasOwn(lastPorts, service) ? lastPorts[service] : undefined;
}

/** The port that the service keeps or wants, when it can be had; `null`: it has to fall back. */
function preferred(request: PortRequest, table: PortTable, facts: PortFacts): PortVerdict | null {
  const { service, wanted, kept, published } = request;
  if (wanted === null) return assigned(null);
  if (published !== null) return assigned(published);
  if (kept !== null && table.holders(kept, service).length === 0) return assigned(kept, table.leavers(kept, service));
  if (wanted === 'auto') return null;
  const holders = table.holders(wanted, service);
  const after = table.leavers(wanted, service);
  if (holders.length === 0) return assigned(wanted, after);
  if (facts.contested.includes(wanted)) return null;
  if (!holders.every((holder) => isEvictable(holder, request.policy))) return null;
  return { kind: 'assigned', port: wanted, evicted: holders, after, news: [] };
}

function assigned(port: number | null, after: readonly string[] = [], news: readonly RuntimeNews[] = []): PortVerdict {
  return { kind: 'assigned', port, evicted: [], after, news };
}

/** Another service of this checkout is never evicted; other checkouts only by `--force`; leftovers of ours always. */
function isEvictable({ relation }: PortHolder, policy: PortPolicy): boolean {
  switch (relation.kind) {
    case 'own-run':
    case 'own-leftover':
      return true;
    case 'sibling-service':
    case 'container-engine':
    case 'client':
    case 'privileged':
    case 'untouchable':
      return false;
    case 'other-checkout':
      return policy === 'force';
    case 'stranger':
      return policy === 'force' || policy === 'kill';
  }
}

interface Surroundings {
  readonly facts: PortFacts;
  readonly table: PortTable;
  readonly isWantedBySibling: (port: number, service: string) => boolean;
}

function fallBack(request: PortRequest, { facts, table, isWantedBySibling }: Surroundings): PortVerdict {
  const { service, wanted } = request;
  if (wanted === null) return assigned(null);
  const holders = wanted === 'auto' ? [] : table.holders(wanted, service);
  const fallbackSpan = isFinal(holders, request) ? 0 : request.fallbackSpan;
  const candidates = candidatePorts({ wanted, fallbackSpan, lastPort: lastPortOf(service, facts) }, facts);
  const isOpen = (port: number): boolean =>
    !isWantedBySibling(port, service) && table.holders(port, service).length === 0;
  const port = candidates.find(isOpen);
  if (port === undefined) return refused(request, holders, candidates);
  const after = table.leavers(port, service);
  if (wanted === 'auto') return assigned(port, after);
  return assigned(port, after, [{ kind: 'port-fallback', wantedPort: wanted, port, holders }]);
}

function refused(
  { wanted, policy }: PortRequest,
  holders: readonly PortHolder[],
  tried: readonly number[],
): PortVerdict {
  const port = typeof wanted === 'number' ? wanted : AUTO_RANGE.from;
  // With `--force` there is nothing left to ask.
  const asked = policy === 'force' ? 'fail' : policy;
  return { kind: 'refused', failure: { reason: 'port-conflict', port, policy: asked, holders, tried } };
}

/** Whether the wanted port or none will do. `--force` gives way to services of this checkout alone. */
function isFinal(holders: readonly PortHolder[], { policy }: PortRequest): boolean {
  const has = (kind: PortHolder['relation']['kind']): boolean => holders.some(({ relation }) => relation.kind === kind);
  switch (policy) {
    case 'force':
      return holders.some(({ relation }) => relation.kind !== 'sibling-service');
    case 'fail':
    case 'ask':
      return has('stranger');
    case 'fallback':
    case 'kill':
      return false;
  }
}
