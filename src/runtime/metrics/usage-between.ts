import type { ProcessUsage } from '../../platform/process-details.ts';

/** What processes have used until a moment, by pid. */
export interface Measurement {
  /** Of a clock that never goes back. */
  readonly atMs: number;
  readonly processes: ReadonlyMap<number, ProcessUsage>;
}

/** What a service's processes take together. */
export interface ServiceUsage {
  readonly processes: number;
  /** Of one processor: two that are busy make 200. */
  readonly cpuPercent: number;
  /** Memory that several of its processes share is counted for each of them. */
  readonly residentBytes: number;
}

/** What processes took from one measurement to the next; memory as of the second. */
export function usageBetween(first: Measurement, second: Measurement): ServiceUsage {
  const elapsedMs = Math.max(1, second.atMs - first.atMs);
  // One that was not there before has used all that it has used since.
  const used = [...second.processes].map(([pid, { cpuMs }]) =>
    Math.max(0, cpuMs - (first.processes.get(pid)?.cpuMs ?? 0)),
  );
  return {
    processes: second.processes.size,
    cpuPercent: Math.round((sum(used) / elapsedMs) * 100),
    residentBytes: sum([...second.processes.values()].map(({ residentBytes }) => residentBytes)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
