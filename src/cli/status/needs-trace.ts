import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';
import type { ServiceView } from './service-view.ts';

/**
 * Whether only a search of all processes could tell what runs: of no service a file tells anything, or of one that was
 * started.
 */
export function needsTrace(root: string, views: readonly ServiceView[]): boolean {
  const untold = views.filter(({ file }) => file === 'absent').map(({ status }) => status.service);
  if (untold.length === 0 || untold.length === views.length) return untold.length > 0;
  return servicesWithRunRecord(root).some((service) => untold.includes(service));
}
