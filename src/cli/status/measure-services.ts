import { type ProcessorTimes, processorTimes } from '../../platform/system-facts.ts';
import { measureProcesses } from '../../runtime/metrics/measure-processes.ts';
import { type Measurement, type ServiceUsage, usageBetween } from '../../runtime/metrics/usage-between.ts';
import { findMembers } from '../../runtime/process/find-members.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import type { ServiceView } from './service-view.ts';

/** What every process of services has used until a moment. */
export interface Measurements {
  /** Of a clock that never goes back. */
  readonly atMs: number;
  readonly services: ReadonlyMap<string, Measurement['processes']>;
  readonly machine: ProcessorTimes;
}

/** By service. */
export type Usages = ReadonlyMap<string, ServiceUsage>;

/** What every process of the services' runs has used until now; a service that does not run has no entry. */
export function measureServices(root: string, views: readonly ServiceView[]): Measurements {
  const running = views.filter(({ pid }) => pid !== null);
  const measure = ({ status: { service }, pid }: ServiceView) =>
    [service, measureProcesses(pidsOf(root, service, pid))] as const;
  return { atMs: performance.now(), services: new Map(running.map(measure)), machine: processorTimes() };
}

/** What the services took from one measurement to the next. */
export function usagesBetween(first: Measurements, second: Measurements): Usages {
  return new Map(
    [...second.services].map(([service, processes]) => {
      const before = { atMs: first.atMs, processes: first.services.get(service) ?? new Map() };
      return [service, usageBetween(before, { atMs: second.atMs, processes })];
    }),
  );
}

/** How much of all processors was in use, in percent. */
export function machinePercent({ machine: first }: Measurements, { machine: second }: Measurements): number {
  const totalMs = Math.max(1, second.totalMs - first.totalMs);
  return Math.round(((second.busyMs - first.busyMs) / totalMs) * 100);
}

/** Of a run without a record, one on a terminal, only the first process is known. */
function pidsOf(root: string, service: string, pid: number | null): readonly number[] {
  const record = readRunRecord(root, service);
  if (record.ok) return findMembers(record.value).map(({ identity }) => identity.pid);
  return pid === null ? [] : [pid];
}
