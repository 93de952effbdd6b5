import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { gradeResponse } from '../../runtime/health/grade.ts';
import { readRecords } from '../../runtime/logs/read-records.ts';
import { lifeOfService, type ServiceLife } from '../../runtime/metrics/life-of-service.ts';
import { type ResponseSummary, summariseResponses } from '../../runtime/metrics/summarise-responses.ts';
import type { ResponseGrade } from '../../runtime/state/lifecycle.ts';
import { type MetricsSample, metricsSampleShape } from '../../runtime/state/metrics-sample.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { type RuntimeEvent, runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { type ServiceView, viewServices } from '../status/service-view.ts';

/** What was measured of one service within a period. */
export interface ServiceMetrics {
  readonly service: string;
  readonly state: ServiceView['state'];
  /** Of the run that lives; `null`: none does. */
  readonly uptimeMs: number | null;
  readonly life: ServiceLife;
  readonly responses: ResponseSummary;
  /** Of the responses, by grade. */
  readonly grades: Readonly<Record<ResponseGrade, number>>;
  /** The samples themselves, oldest first. */
  readonly course: Course;
}

export interface Course {
  /** Of each sample, its slowest response. */
  readonly responseMs: readonly number[];
  readonly residentBytes: readonly number[];
  readonly cpuPercent: readonly number[];
}

export interface MetricsPeriod {
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
}

/** Reads what the supervisor has kept of services: from the event log and the samples, both bounded. */
export function takeMetrics(
  { root, services }: { readonly root: string; readonly services: Plan['services'] },
  period: MetricsPeriod,
): readonly ServiceMetrics[] {
  const paths = pathsOf(root);
  const events = readRecords(paths.events, runtimeEventShape);
  const samples = readRecords(paths.metrics, metricsSampleShape);
  const views = viewServices(root, services);
  return services.flatMap((service, index) => {
    const view = views[index];
    const own = <Record extends { readonly service: string }>(record: Record) => record.service === service.name;
    return view === undefined
      ? []
      : [metricsOf(service, { view, events: events.filter(own), samples: samples.filter(own) }, period)];
  });
}

interface Kept {
  readonly view: ServiceView;
  readonly events: readonly RuntimeEvent[];
  readonly samples: readonly MetricsSample[];
}

function metricsOf(
  { name, health }: ServicePlan,
  { view, events, samples }: Kept,
  { from, until }: MetricsPeriod,
): ServiceMetrics {
  const within = samples.filter(({ at }) => Date.parse(at) >= from);
  const responses = within.flatMap((sample) => sample.responses);
  const grades = { excellent: 0, good: 0, warning: 0, critical: 0 };
  for (const ms of responses) grades[gradeResponse(ms, health)] += 1;
  const { startedAt } = view.status;
  return {
    service: name,
    state: view.state,
    uptimeMs: view.pid === null || startedAt === null ? null : Math.max(0, until - Date.parse(startedAt)),
    life: lifeOfService(events, { from, until, seenUntil: view.pid === null ? lastSeen(samples, events) : until }),
    responses: summariseResponses(
      responses,
      within.reduce((total, { failures }) => total + failures, 0),
    ),
    grades,
    course: courseOf(within),
  };
}

function courseOf(samples: readonly MetricsSample[]): Course {
  const usages = samples.flatMap(({ usage }) => usage ?? []);
  return {
    responseMs: samples.flatMap(({ responses }) => (responses.length === 0 ? [] : [Math.max(...responses)])),
    residentBytes: usages.map(({ residentBytes }) => residentBytes),
    cpuPercent: usages.flatMap(({ cpuPercent }) => cpuPercent ?? []),
  };
}

/** Epoch ms of the last word of a service that does not run. */
function lastSeen(samples: readonly MetricsSample[], events: readonly RuntimeEvent[]): number {
  const told = events.filter(
    (event) => event.kind !== 'exited' || event.exit.code !== null || event.exit.signal !== null,
  );
  return Math.max(
    0,
    ...[samples.at(-1), told.at(-1)].map((record) => (record === undefined ? 0 : Date.parse(record.at))),
  );
}
