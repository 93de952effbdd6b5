import type { Clock } from '../../platform/clock.ts';
import { isLookDear } from '../../platform/is-look-dear.ts';
import { measureProcesses } from '../metrics/measure-processes.ts';
import { type Measurement, usageBetween } from '../metrics/usage-between.ts';
import { findMembersOfEach } from '../process/find-members.ts';
import type { MetricsSample } from '../state/metrics-sample.ts';
import type { RunRecord } from '../state/run-record.ts';
import type { ServiceStatus } from '../state/service-status.ts';

/** Between two samples of a run. */
const PERIOD_MS = 30_000;

export interface MeterOptions {
  readonly clock: Pick<Clock, 'monotonicMs' | 'now'>;
  /** Of the service's run that lives; `undefined`: none does. */
  recordOf(service: string): RunRecord | undefined;
  write(sample: MetricsSample): void;
}

/** What is known of a run since its last sample. */
interface Reading {
  readonly run: string;
  readonly sinceMs: number;
  readonly checkedAt: string | null;
  readonly responses: readonly number[];
  readonly failures: number;
  readonly measured: Measurement | null;
}

/**
 * Keeps what probes find, from the statuses that are published anyway: nothing wakes for it. Processes are looked at
 * when a probe has just been, once in half a minute, and never while a run starts or where that is dear; one look is
 * for all runs that are due by then or soon.
 */
export class Meter {
  readonly #options: MeterOptions;
  readonly #readings = new Map<string, Reading>();

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  take({ service, run, pid, health }: Pick<ServiceStatus, 'service' | 'run' | 'pid' | 'health'>): void {
    const known = this.#readings.get(service);
    if (known !== undefined && (known.run !== run || pid === null)) this.#finish(service, known);
    if (run === null || pid === null || health.checkedAt === null) return;
    const reading = known?.run === run ? known : this.#begin(run);
    if (health.checkedAt === reading.checkedAt) return;
    const { checkedAt, responseMs, failures } = health;
    const hasPassed = failures === 0;
    this.#readings.set(service, {
      ...reading,
      checkedAt,
      responses: hasPassed && responseMs !== null ? [...reading.responses, responseMs] : reading.responses,
      failures: reading.failures + (hasPassed ? 0 : 1),
    });
    if (this.#options.clock.monotonicMs() - reading.sinceMs >= PERIOD_MS) this.#sample();
  }

  #begin(run: string): Reading {
    const sinceMs = this.#options.clock.monotonicMs();
    return { run, sinceMs, checkedAt: null, responses: [], failures: 0, measured: null };
  }

  #sample(): void {
    const atMs = this.#options.clock.monotonicMs();
    const due = [...this.#readings].flatMap(([service, reading]) => {
      const record = this.#options.recordOf(service);
      const isDue = atMs - reading.sinceMs >= PERIOD_MS / 2 && reading.responses.length + reading.failures > 0;
      return isDue && record !== undefined ? [{ service, reading, record }] : [];
    });
    const measurable = due.filter(({ record }) => record.container === null && !isLookDear);
    const found = findMembersOfEach(measurable.map(({ record }) => record));
    const members = new Map(measurable.map(({ service }, index) => [service, found[index] ?? []]));
    for (const { service, reading } of due) {
      const pids = members.get(service)?.map(({ identity }) => identity.pid);
      const measured = pids === undefined ? null : { atMs, processes: measureProcesses(pids) };
      this.#write(service, reading, measured && usageOf(reading.measured, measured));
      this.#readings.set(service, { ...reading, sinceMs: atMs, responses: [], failures: 0, measured });
    }
  }

  #finish(service: string, reading: Reading): void {
    this.#readings.delete(service);
    if (reading.responses.length > 0 || reading.failures > 0) this.#write(service, reading, null);
  }

  #write(service: string, { run, responses, failures }: Reading, usage: MetricsSample['usage']): void {
    const at = new Date(this.#options.clock.now()).toISOString();
    this.#options.write({ at, service, run, responses, failures, usage });
  }
}

function usageOf(before: Measurement | null, now: Measurement): MetricsSample['usage'] {
  const { cpuPercent, ...usage } = usageBetween(before ?? now, now);
  return { ...usage, cpuPercent: before === null ? null : cpuPercent };
}
