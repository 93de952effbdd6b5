import { sha256 } from '../base/sha256.ts';
import type { ServicePlan } from './plan.ts';

const DIGITS = 16;

/**
 * Of what the config says of a service; how long one start waits is no part of that, nor what its env files hold, nor
 * what is only shown.
 */
export function configDigest({ dotenv: _, docs: _docs, open: _open, ...service }: ServicePlan): string {
  const health = { ...service.health, startTimeoutMs: 0 };
  return sha256(JSON.stringify({ ...service, health })).slice(0, DIGITS);
}
