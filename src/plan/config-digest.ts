import { sha256 } from '../base/sha256.ts';
import type { ServicePlan } from './plan.ts';

const DIGITS = 16;

/**
 * Of what the config says of a service; how long one start waits is no part of that, nor what its env files hold, nor
 * what is only shown. `expressions`: its amounts with variables, as they are written.
 */
export function configDigest(plan: ServicePlan, expressions: readonly string[]): string {
  const { dotenv: _, docs: _docs, open: _open, ...service } = plan;
  const health = { ...service.health, startTimeoutMs: 0 };
  const written = expressions.length === 0 ? {} : { expressions };
  return sha256(JSON.stringify({ ...service, health, ...written })).slice(0, DIGITS);
}
