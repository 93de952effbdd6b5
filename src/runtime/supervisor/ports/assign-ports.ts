import {
  decidePorts,
  type PortConflict,
  type PortDecision,
  type PortRequests,
  type PortVerdict,
} from '../../ports/decide-ports.ts';
import type { PortFacts } from '../../ports/port-facts.ts';
import { withPortsLocked } from '../../ports/reservations.ts';
import type { Publisher } from '../publisher.ts';
import type { CheckoutPorts } from './checkout-ports.ts';
import { type Eviction, evictHolders } from './evict-holders.ts';
import { type LaunchFacts, withPublishedPorts } from './published-ports.ts';

export interface AssignRequest extends LaunchFacts {
  readonly requests: PortRequests;
  readonly callers: readonly number[];
  readonly publisher: Publisher;
  /** The run that is launched already and is to have the one port; `null`: runs to come are. */
  readonly run: string | null;
}

export type Assigned = Extract<PortVerdict, { readonly kind: 'assigned' }>;

export type PortOutcome =
  /** By service; every port is claimed for the service's run to come. */
  | { readonly kind: 'assigned'; readonly ports: ReadonlyMap<string, Assigned> }
  /** Some cannot be had, so none is claimed; nothing of this checkout was stopped for it. */
  | { readonly kind: 'refused'; readonly failures: ReadonlyMap<string, PortConflict> };

/**
 * The ports of a start: survey, decide, claim; then evict, and look again whether that has freed them. The locks are
 * held for decisions only. A port is fought for once, so the rounds come to an end.
 */
export async function assignPorts(checkout: CheckoutPorts, asked: AssignRequest): Promise<PortOutcome> {
  const request = { ...asked, requests: await withPublishedPorts(checkout.root, asked.requests, asked) };
  let contests: readonly Contest[] = [];
  const contested: number[] = [];
  for (;;) {
    const { facts, decision } = await decideAndClaim(checkout, request, contested);
    for (const contest of contests) announceFreed(contest, facts, request);
    const failures = refusalsIn(decision);
    if (failures.size > 0) return { kind: 'refused', failures };
    const ports = assignedIn(decision);
    contests = contestsIn(ports, request.requests);
    if (contests.length === 0) return { kind: 'assigned', ports };
    contested.push(...contests.map(({ port }) => port));
    await Promise.all(
      contests.map((contest) => evictHolders(contest, checkout.contextFor(contest.service, request.callers))),
    );
  }
}

interface Decided {
  readonly facts: PortFacts;
  readonly decision: PortDecision;
}

/** No other devgen of this user looks at ports meanwhile, and none of this checkout decides. */
function decideAndClaim(
  checkout: CheckoutPorts,
  request: AssignRequest,
  contested: readonly number[],
): Promise<Decided> {
  return checkout.deciding.run(() =>
    withPortsLocked(async () => {
      for (;;) {
        const decided = await decideOnTried(checkout, request, contested);
        if (claimAll(checkout, decided.decision, request.run) === 'claimed') return decided;
      }
    }),
  );
}

/**
 * A decision presumes that a port without a listener is free; what it assigns is tried before it counts. Each round
 * tries ports that were not tried before, so the rounds come to an end.
 */
async function decideOnTried(
  checkout: CheckoutPorts,
  { requests, callers }: AssignRequest,
  contested: readonly number[],
): Promise<Decided> {
  const ports = requests.launching.flatMap(({ wanted, kept }) =>
    [wanted, kept].filter((port) => typeof port === 'number'),
  );
  let facts = await checkout.survey({ ports, callers, contested });
  for (;;) {
    const decision = decidePorts(facts, requests);
    const untried = [...assignedIn(decision).values()].flatMap(({ port }) =>
      port === null || facts.tried[port] !== undefined ? [] : [port],
    );
    if (untried.length === 0) return { facts, decision };
    facts = await checkout.tryMore(facts, untried, callers);
  }
}

/**
 * All or none. `taken`: another checkout has claimed one since the survey, which only happens without the lock. What it
 * has to leave first is claimed once it has.
 */
function claimAll({ claims }: CheckoutPorts, decision: PortDecision, run: string | null): 'claimed' | 'taken' {
  const isRefused = refusalsIn(decision).size > 0;
  const outcomes = [...decision].map(([service, verdict]) => {
    if (isRefused || verdict.kind === 'refused' || verdict.port === null) {
      if (run === null) claims.withdraw(service);
      return 'claimed';
    }
    const outcome = claims.assign({ service, port: verdict.port, run });
    return verdict.evicted.length > 0 ? 'claimed' : outcome;
  });
  return outcomes.includes('taken') ? 'taken' : 'claimed';
}

function refusalsIn(decision: PortDecision): ReadonlyMap<string, PortConflict> {
  return new Map(
    [...decision].flatMap(([service, verdict]) => (verdict.kind === 'refused' ? [[service, verdict.failure]] : [])),
  );
}

function assignedIn(decision: PortDecision): ReadonlyMap<string, Assigned> {
  return new Map(
    [...decision].flatMap(([service, verdict]) => (verdict.kind === 'assigned' ? [[service, verdict]] : [])),
  );
}

type Contest = Eviction & { readonly service: string };

function contestsIn(ports: ReadonlyMap<string, Assigned>, { launching }: PortRequests): readonly Contest[] {
  return launching.flatMap(({ service, graceMs }) => {
    const { port = null, evicted = [] } = ports.get(service) ?? {};
    return port === null || evicted.length === 0 ? [] : [{ service, port, holders: evicted, graceMs }];
  });
}

/** Who had the port, or a claim on it, and has it no more by the facts of afterwards. */
function announceFreed({ service, port, holders }: Contest, facts: PortFacts, { publisher }: AssignRequest): void {
  const state = facts.tried[port];
  const left = state?.kind === 'held' ? state.holders.map(({ pid }) => pid) : [];
  const isClaimed = facts.claims.some((claim) => claim.port === port && claim.by.kind === 'other-checkout');
  const ended = holders.filter(({ pid }) => (pid === null ? !isClaimed : !left.includes(pid)));
  if (ended.length > 0) publisher.announce(service, { kind: 'port-freed', port, holders: ended });
}
