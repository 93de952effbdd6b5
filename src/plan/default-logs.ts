import type { LogPlan } from './plan.ts';

/** How much is kept of a service's output unless the config says otherwise. */
export const DEFAULT_LOGS: LogPlan = { maxBytes: 20 * 1024 * 1024, keepFiles: 3, maxAgeMs: 30 * 86_400_000 };
