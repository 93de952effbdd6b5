import type { ServicePlan } from '../../../plan/plan.ts';
import type { Failure, PortHolder, SeenWhileStarting } from '../../state/lifecycle.ts';

/** What one look at a ready run found. */
export interface Checkup {
  readonly outcome:
    | { readonly kind: 'passed'; readonly responseMs: number | null }
    | { readonly kind: 'failed'; readonly seen: SeenWhileStarting }
    | { readonly kind: 'stolen'; readonly port: number; readonly holders: readonly PortHolder[] };
  /** Failed looks in a row, this one included. */
  readonly failures: number;
  /** Critical response times in a row, this one included. */
  readonly criticals: number;
}

/** What is to follow from it. */
export type Consequence =
  | { readonly kind: 'well' }
  /** Bad, but not for long enough to act. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'unhealthy'; readonly failure: Failure };

/** Decides what a look at a ready run means for it. Pure. */
export function judgeCheckup(
  { outcome, failures, criticals }: Checkup,
  { health }: Pick<ServicePlan, 'health'>,
): Consequence {
  // Who listens there is certain at the first look.
  if (outcome.kind === 'failed' && failures < health.failureThreshold) return { kind: 'wait' };
  switch (outcome.kind) {
    case 'failed':
      return { kind: 'unhealthy', failure: { reason: 'unhealthy', failures, seen: outcome.seen } };
    case 'stolen': {
      const { port, holders } = outcome;
      return { kind: 'unhealthy', failure: { reason: 'port-stolen', port, holders } };
    }
    case 'passed': {
      if (outcome.responseMs === null || criticals < health.failureThreshold) return { kind: 'well' };
      const responseMs = Math.round(outcome.responseMs);
      return { kind: 'unhealthy', failure: { reason: 'too-slow', responseMs, times: criticals } };
    }
  }
}
