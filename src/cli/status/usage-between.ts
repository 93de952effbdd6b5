import type { ProcessUsage } from '../../platform/process-details.ts';

/** What processes have used until a moment, by service and pid. */
export interface Measurement {
  /** Of a clock that never goes back. */
  readonly atMs: number;
  readonly services: ReadonlyMap<string, ReadonlyMap<number, ProcessUsage>>;
}

/** What a service's processes take together. */
export interface ServiceUsage {
  readonly processes: number;
  /** Of one processor: two that are busy make 200. */
  readonly cpuPercent: number;
  /** Memory that several of its processes share is counted for each of them. */
  readonly residentBytes: number;
}

export type Usages = ReadonlyMap<string, ServiceUsage>;

/** What the services took from one measurement to the next; memory as of the second. */
export function usageBetween(first: Measurement, second: Measurement): Usages {
  const elapsedMs = Math.max(1, second.atMs - first.atMs);
  return new Map(
    [...second.services].map(([service, processes]) => {
      const before = first.services.get(service);
      // One that was not there before has used all that it has used since.
      const used = [...processes].map(([pid, { cpuMs }]) => Math.max(0, cpuMs - (before?.get(pid)?.cpuMs ?? 0)));
      const residentBytes = sum([...processes.values()].map((usage) => usage.residentBytes));
      return [
        service,
        { processes: processes.size, cpuPercent: Math.round((sum(used) / elapsedMs) * 100), residentBytes },
      ];
    }),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
