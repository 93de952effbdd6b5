import type { StoppedService } from './protocol.ts';

/** What a stop says of a service that there was nothing of. */
export function notRunning(service: string): StoppedService {
  return { service, outcome: 'was-not-running', failure: null, tookMs: 0 };
}
