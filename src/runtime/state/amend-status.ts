import type { ServiceStatus } from './service-status.ts';
import { readStatus, writeStatus } from './status-file.ts';

/** What may be said of a service in place of its supervisor; a failure only as a publisher would show it. */
export type StatusChange = Partial<Omit<ServiceStatus, 'schemaVersion' | 'service' | 'run' | 'command' | 'log'>>;

/** Changes a status that a supervisor wrote which cannot do it any more; does nothing when there is none. */
export function amendStatus(root: string, service: string, change: StatusChange): void {
  const status = readStatus(root, service);
  if (status.ok) writeStatus(root, { ...status.value, ...change });
}
