import type { ServicePlan } from '../../../plan/plan.ts';
import { systemClock } from '../../../platform/clock.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { dependencyVerdict } from '../lifecycle/dependency-verdict.ts';
import type { ServiceRunner } from '../service/service-runner.ts';

/**
 * Waits until a service that another one depends on is ready; `null`: it is. One that is unhealthy is waited for as
 * long as it may take to start.
 */
export async function dependencyReady(
  runner: ServiceRunner,
  { name, health }: ServicePlan,
  signal: AbortSignal,
): Promise<Failure | null> {
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  try {
    for (;;) {
      const settled = runner.until((lifecycle) => dependencyVerdict(lifecycle) !== 'on-its-way');
      await Promise.race([settled, systemClock.delay(health.startTimeoutMs, ended)]);
      if (signal.aborted) return { reason: 'cancelled' };
      const verdict = dependencyVerdict(runner.lifecycle);
      if (verdict === 'ready') return null;
      if (verdict === 'failed' || runner.lifecycle.state === 'unhealthy') {
        return { reason: 'dependency-failed', dependency: name };
      }
    }
  } finally {
    over.abort();
  }
}
