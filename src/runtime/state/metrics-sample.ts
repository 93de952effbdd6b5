import { amount, isoTime, listOf, nullable, object, type ShapeOf, text } from '../../base/shape.ts';
import { runIdShape } from './run-record.ts';

/** What was measured of one run since the sample before it: a line of `logs/.devgen/metrics.ndjson`. */
export const metricsSampleShape = object({
  at: isoTime,
  service: text,
  run: runIdShape,
  /** Of the probes that passed, in ms. */
  responses: listOf(amount),
  /** Probes that did not pass. */
  failures: amount,
  /** Of the whole process tree; `null`: its run had ended, or a container engine has its processes. */
  usage: nullable(
    object({
      processes: amount,
      residentBytes: amount,
      /** Of one processor, since the sample before; `null`: it is the first of its run. */
      cpuPercent: nullable(amount),
    }),
  ),
});

export interface MetricsSample extends ShapeOf<typeof metricsSampleShape> {}
