import { err, ok, type Result } from '../../../base/result.ts';
import type { ConflictPolicy, ServicePlan } from '../../../plan/plan.ts';
import { ephemeralRange } from '../../../platform/port-binding.ts';
import { choosePort } from '../../ports/choose-port.ts';
import type { Failure, HolderRelation, PortHolder } from '../../state/lifecycle.ts';
import type { RuntimeNews } from '../../state/runtime-event.ts';
import type { PortAssignment } from '../run/launch-spec.ts';

/** One service that is about to be launched, and what its port may cost others. */
export interface PortRequest {
  readonly service: ServicePlan;
  readonly wanted: number | 'auto' | null;
  readonly stance: Stance;
  /** The last fallback taken in this checkout. */
  readonly lastUsed: number | null;
}

/** `force`: the wanted port is to be had, from strangers too. */
export type Stance = 'force' | ConflictPolicy;

/** What the triage may ask and do. */
export interface PortDesk {
  /** Empty: the port is free. */
  holders(port: number, service: string): Promise<readonly PortHolder[]>;
  /** Another service or checkout that has a claim on the port, though it may not be bound yet. */
  claimant(port: number, service: string): PortHolder | null;
  isWantedBySibling(port: number, service: string): boolean;
  reserve(port: number, service: string): void;
  /** Ends what holds the port here as far as that may be done; who is left, or has a claim. */
  evict(port: number, holders: readonly PortHolder[], service: string): Promise<readonly PortHolder[]>;
}

export interface PortDecision {
  readonly ports: PortAssignment;
  readonly news: readonly RuntimeNews[];
}

/** Triage of one service's wanted port: keeps it, frees it, or falls back; reserves what it takes. */
export async function decidePort(request: PortRequest, desk: PortDesk): Promise<Result<PortDecision, Failure>> {
  const { wanted, service } = request;
  if (wanted === null) return ok({ ports: { port: null, wantedPort: null }, news: [] });
  if (wanted === 'auto') return fallBack(request, desk, { holders: [], news: [] });
  const holders = await obstaclesOf(wanted, service, desk);
  if (holders.length === 0) return take(wanted, request, desk, []);
  if (!holders.every(({ relation }) => isEvictable(relation, request.stance))) {
    return fallBack(request, desk, { holders, news: [] });
  }
  const left = await desk.evict(wanted, holders, service.name);
  const ended = holders.filter((holder) => !left.some(({ pid }) => pid === holder.pid));
  const news: RuntimeNews[] = ended.length === 0 ? [] : [{ kind: 'port-freed', port: wanted, holders: ended }];
  if (left.length === 0) return take(wanted, request, desk, news);
  if (request.stance === 'force') return err(conflict(request, wanted, left, []));
  return fallBack(request, desk, { holders: left, news });
}

/** Who has the port or a claim on it; empty: it can be had. */
export async function obstaclesOf(port: number, service: ServicePlan, desk: PortDesk): Promise<readonly PortHolder[]> {
  const holders = await desk.holders(port, service.name);
  const claimant = holders.length > 0 ? null : desk.claimant(port, service.name);
  return claimant === null ? holders : [claimant];
}

/** Another service of this checkout is never evicted; other checkouts only by `--force`; leftovers of ours always. */
function isEvictable({ kind }: HolderRelation, stance: Stance): boolean {
  switch (kind) {
    case 'own-run':
    case 'own-leftover':
      return true;
    case 'sibling-service':
      return false;
    case 'other-checkout':
    case 'untouchable':
      return stance === 'force';
    case 'stranger':
      return stance === 'force' || stance === 'kill';
  }
}

async function fallBack(
  request: PortRequest,
  desk: PortDesk,
  found: { readonly holders: readonly PortHolder[]; readonly news: readonly RuntimeNews[] },
): Promise<Result<PortDecision, Failure>> {
  const { service, wanted } = request;
  if (wanted === null) throw new Error('a service without a port has nothing to fall back to');
  const strangers = found.holders.some(({ relation }) => relation.kind === 'stranger');
  const isRefused = strangers && (request.stance === 'fail' || request.stance === 'ask');
  const span = service.port.kind === 'wanted' && !isRefused ? service.port.fallbackSpan : 0;
  const choice = await choosePort({
    wanted,
    fallbackSpan: span,
    lastUsed: request.lastUsed,
    ephemeral: ephemeralRange(),
    refuse: (port) =>
      port === wanted || desk.claimant(port, service.name) !== null || desk.isWantedBySibling(port, service.name),
    isFree: async (port) => (await desk.holders(port, service.name)).length === 0,
  });
  if (choice.port === null) {
    const others = choice.tried.filter((port) => port !== wanted);
    return err(conflict(request, wanted === 'auto' ? 0 : wanted, found.holders, others));
  }
  if (wanted === 'auto') return take(choice.port, request, desk, found.news);
  const news: RuntimeNews = { kind: 'port-fallback', wantedPort: wanted, port: choice.port, holders: found.holders };
  return take(choice.port, request, desk, [...found.news, news]);
}

function take(
  port: number,
  request: PortRequest,
  desk: PortDesk,
  news: readonly RuntimeNews[],
): Result<PortDecision, Failure> {
  desk.reserve(port, request.service.name);
  const wantedPort = typeof request.wanted === 'number' ? request.wanted : null;
  return ok({ ports: { port, wantedPort }, news });
}

function conflict(
  { service, stance }: PortRequest,
  port: number,
  holders: readonly PortHolder[],
  tried: readonly number[],
): Failure {
  return { reason: 'port-conflict', port, holders, tried, policy: stance === 'force' ? service.onConflict : stance };
}
