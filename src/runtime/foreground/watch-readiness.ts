import { setTimeout as delay } from 'node:timers/promises';
import type { ServicePlan } from '../../plan/plan.ts';
import { checkRun } from '../supervisor/check-run.ts';
import type { ProbeSubject } from '../supervisor/probe-target.ts';

const PERIOD_MS = 250;

/** Resolves when the run's probe passes, or never before the signal is aborted. */
export async function becomesReady(
  service: ServicePlan,
  subject: ProbeSubject,
  signal: AbortSignal,
): Promise<'ready' | 'aborted'> {
  // What it writes goes to the terminal: there is no log in which to look for a line.
  const probe = service.health.probe.kind === 'log' ? ({ kind: 'process' } as const) : service.health.probe;
  const probed = { ...service, health: { ...service.health, probe } };
  while (!signal.aborted) {
    const outcome = await checkRun(probed, subject, signal);
    if (signal.aborted) break;
    if (outcome.kind === 'passed') return 'ready';
    // An abort only ends the wait: the loop looks at the signal itself.
    await delay(PERIOD_MS, undefined, { signal }).catch(() => undefined);
  }
  return 'aborted';
}
