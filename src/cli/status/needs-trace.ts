import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';
import type { ServiceView } from './service-view.ts';

/**
 * Whether only a search of all processes could tell what runs: of no service a file tells anything, or there is a
 * record of a run of one that does not run, as far as files tell.
 */
export function needsTrace(root: string, views: readonly ServiceView[]): boolean {
  const absent = views.filter(({ file }) => file === 'absent');
  if (absent.length > 0 && absent.length === views.length) return true;
  const untold = views.filter(isUntold).map(({ status }) => status.service);
  return untold.length > 0 && servicesWithRunRecord(root).some((service) => untold.includes(service));
}

/** It may run, though no file says so. */
export function isUntold({ file, state }: ServiceView): boolean {
  return file === 'absent' || state === 'down';
}
