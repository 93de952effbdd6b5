import { setTimeout as delay } from 'node:timers/promises';
import type { ServicePlan } from '../../plan/plan.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { readErrors } from '../errors/read-errors.ts';
import { awaitSettled, type SettledService } from './await-settled.ts';
import type { SourceChanges } from './watch-sources.ts';

/** What an edit has come to. */
export interface SettleReport {
  /** The project, absolute. */
  readonly root: string;
  /** `moving`: the time was over before it could be known. */
  readonly outcome: 'well' | 'broken' | 'moving';
  readonly services: readonly SettledService[];
  /** What is new to the caller, and what was not mended when it was told last; the newest last. */
  readonly errors: readonly ErrorGroup[];
  /** From when on the next report has to tell of each service; epoch ms. */
  readonly cursors: Readonly<Record<string, number>>;
  /** As in `SettledState`. */
  readonly changes: SourceChanges;
}

export interface SettleQuery {
  readonly services: readonly ServicePlan[];
  /** From when on all is new of a service; epoch ms, `null`: since it was started. */
  readonly since: (service: string) => number | null;
  readonly timeoutMs: number;
}

/** What a module that does not compile has its server print is in the log, and in its index of times, after so long. */
const PRINTED_MS = 200;

/** Waits until the services have settled, and tells what is new since then. */
export async function takeSettleReport(checkout: Checkout, query: SettleQuery): Promise<SettleReport> {
  const { outcome, services, changes } = await awaitSettled(checkout, query.services, query.timeoutMs);
  if (services.some(({ broken }) => broken.length > 0)) await delay(PRINTED_MS);
  // What is printed while the logs are read is told twice, sooner than not at all.
  const now = Date.now();
  const errors = services
    .flatMap(({ service, isWell, askedAt }) => {
      const found = { since: query.since(service.name), lastChangeAt: changes.written?.at ?? null };
      return readErrors(checkout.root, service, { ...found, foundWellAt: isWell ? askedAt : null });
    })
    .sort((one, other) => one.lastAt - other.lastAt);
  const isWell = services.every((each) => each.isWell && each.broken.length === 0);
  const hasError = errors.some(({ isMended }) => !isMended);
  const verdict = isWell && !hasError ? 'well' : 'broken';
  const cursors = cursorsAfter(services, errors, now);
  return {
    root: checkout.root,
    outcome: outcome === 'timed-out' && !hasError ? 'moving' : verdict,
    services,
    errors,
    cursors,
    changes,
  };
}

/** What is not mended is told again: as long as it stands in the way, all is not well. */
export function cursorsAfter(
  services: readonly Pick<SettledService, 'service'>[],
  errors: readonly ErrorGroup[],
  now: number,
): SettleReport['cursors'] {
  const unmended = errors.filter(({ isMended }) => !isMended);
  const cursorOf = (name: string): number =>
    Math.min(now, ...unmended.flatMap(({ service, lastAt }) => (service === name ? [lastAt] : [])));
  return Object.fromEntries(services.map(({ service }) => [service.name, cursorOf(service.name)]));
}
