import { setTimeout as delay } from 'node:timers/promises';
import type { ServicePlan } from '../../plan/plan.ts';
import type { SourceChange } from '../../platform/newest-change.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { readErrors } from '../errors/read-errors.ts';
import { awaitSettled, type SettledService } from './await-settled.ts';

/** What an edit has come to. */
export interface SettleReport {
  /** The project, absolute. */
  readonly root: string;
  /** `moving`: the time was over before it could be known. */
  readonly outcome: 'well' | 'broken' | 'moving';
  readonly services: readonly SettledService[];
  /** Since the caller was told last, the newest last. */
  readonly errors: readonly ErrorGroup[];
  /** From when on the next report has to tell; epoch ms. */
  readonly cursor: number;
  /** As in `SettledState`. */
  readonly lastChange: SourceChange | null;
}

export interface SettleQuery {
  readonly services: readonly ServicePlan[];
  /** Epoch ms; `null`: since each service was started. */
  readonly since: number | null;
  readonly timeoutMs: number;
}

/** What a module that does not compile has its server print is in the log, and in its index of times, after so long. */
const PRINTED_MS = 200;

/** Waits until the services have settled, and tells what is new since then. */
export async function takeSettleReport(checkout: Checkout, query: SettleQuery): Promise<SettleReport> {
  const { outcome, services, lastChange } = await awaitSettled(checkout, query.services, query.timeoutMs);
  if (services.some(({ broken }) => broken.length > 0)) await delay(PRINTED_MS);
  // What is printed while the logs are read is told twice, sooner than not at all.
  const cursor = Date.now();
  const errors = services
    .flatMap(({ service, isWell, askedAt }) => {
      const wellAt = isWell ? askedAt : null;
      const lastChangeAt = lastChange?.at ?? null;
      return readErrors(checkout.root, service, { since: query.since, wellAt, lastChangeAt });
    })
    .sort((one, other) => one.lastAt - other.lastAt);
  const isWell = services.every((each) => each.isWell && each.broken.length === 0);
  const hasError = errors.some(({ isMended }) => !isMended);
  const verdict = isWell && !hasError ? 'well' : 'broken';
  return {
    root: checkout.root,
    outcome: outcome === 'timed-out' && !hasError ? 'moving' : verdict,
    services,
    errors,
    cursor,
    lastChange,
  };
}
