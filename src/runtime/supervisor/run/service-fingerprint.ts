import { sha256 } from '../../../base/sha256.ts';
import type { ServicePlan } from '../../../plan/plan.ts';

/** Tells whether a run still is what the plan wants; how long one start waits is not a part of that. */
export function serviceFingerprint(service: ServicePlan): string {
  return sha256(JSON.stringify({ ...service, health: { ...service.health, startTimeoutMs: 0 } }));
}
