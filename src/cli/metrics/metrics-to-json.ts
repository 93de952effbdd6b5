import type { DocumentOf } from '../documents/documents.ts';
import type { ServiceMetrics } from './service-metrics.ts';

/** The document of measurements for programs; times of day as ISO 8601, durations in ms, shares from 0 to 1. */
export function metricsToJson(
  project: string,
  services: readonly ServiceMetrics[],
  systemUptimeMs: number,
): DocumentOf<'metrics'> {
  return { project, systemUptimeMs, services: services.map(serviceToJson) };
}

function serviceToJson({ service, state, uptimeMs, life, responses, grades, course }: ServiceMetrics) {
  const { wantedMs, readyMs, restarts, startups } = life;
  return {
    service,
    state,
    uptimeMs,
    availability: { wantedMs, readyMs, share: wantedMs === 0 ? null : readyMs / wantedMs },
    restarts: restarts.map(({ at, because }) => ({ at: isoOf(at), because })),
    startups: startups.map(({ at, startupMs }) => ({ at: isoOf(at), startupMs })),
    responses: { ...responses, grades },
    course,
  };
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
