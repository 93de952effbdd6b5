import type { ServiceMetrics } from '../metrics/service-metrics.ts';

interface Metric {
  /** Without the prefix; ends in its unit. */
  readonly name: string;
  readonly type: 'gauge';
  readonly help: string;
  /** `null`: nothing is known. */
  samplesOf(service: ServiceMetrics): readonly Sample[];
}

interface Sample {
  readonly value: number | null | undefined;
  readonly labels?: Readonly<Record<string, string>>;
}

/** No counters: what is summed up falls when the oldest of what is kept is let go. */
const METRICS: readonly Metric[] = [
  {
    name: 'ready',
    type: 'gauge',
    help: 'Whether the service is ready.',
    samplesOf: ({ state }) => [{ value: state === 'ready' ? 1 : 0 }],
  },
  {
    name: 'uptime_seconds',
    type: 'gauge',
    help: 'Age of the run that lives.',
    samplesOf: ({ uptimeMs }) => [{ value: uptimeMs === null ? null : uptimeMs / 1000 }],
  },
  {
    name: 'availability_ratio',
    type: 'gauge',
    help: 'Share of the time in which the service was wanted that it was ready, as far back as events are kept.',
    samplesOf: ({ life: { wantedMs, readyMs } }) => [{ value: wantedMs === 0 ? null : readyMs / wantedMs }],
  },
  {
    name: 'recent_restarts',
    type: 'gauge',
    help: 'Restarts that were not asked for, as far back as events are kept.',
    samplesOf: ({ life: { restarts } }) => [{ value: restarts.length }],
  },
  {
    name: 'startup_seconds',
    type: 'gauge',
    help: 'From the last launch until the service was ready.',
    samplesOf: ({ life: { startups } }) => [{ value: toSeconds(startups.at(-1)?.startupMs) }],
  },
  {
    name: 'response_seconds',
    type: 'gauge',
    help: 'Quantiles of the response times of health probes that passed, as far back as samples are kept.',
    samplesOf: ({ responses: { p50, p95, p99 } }) => [
      { value: toSeconds(p50), labels: { quantile: '0.5' } },
      { value: toSeconds(p95), labels: { quantile: '0.95' } },
      { value: toSeconds(p99), labels: { quantile: '0.99' } },
    ],
  },
  {
    name: 'recent_probes_passed',
    type: 'gauge',
    help: 'Health probes that passed, as far back as samples are kept.',
    samplesOf: ({ responses: { count } }) => [{ value: count }],
  },
  {
    name: 'recent_probes_failed',
    type: 'gauge',
    help: 'Health probes that did not pass, as far back as samples are kept.',
    samplesOf: ({ responses: { failures } }) => [{ value: failures }],
  },
  {
    name: 'resident_bytes',
    type: 'gauge',
    help: 'Memory of the whole process tree at the last sample.',
    samplesOf: ({ course: { residentBytes } }) => [{ value: residentBytes.at(-1) }],
  },
  {
    name: 'cpu_ratio',
    type: 'gauge',
    help: 'Processors that the process tree kept busy at the last sample.',
    samplesOf: ({ course: { cpuPercent } }) => [{ value: toShare(cpuPercent.at(-1)) }],
  },
];

/**
 * The measurements in the text format that Prometheus scrapes. Source: prometheus.io, "Exposition formats", version
 * 0.0.4.
 */
export function prometheusText(
  project: string,
  services: readonly ServiceMetrics[],
  systemUptimeMs: number,
): readonly string[] {
  return [
    ...METRICS.flatMap((metric) => {
      const lines = services.flatMap((service) => linesOf(metric, project, service));
      return lines.length === 0 ? [] : [...headOf(metric), ...lines];
    }),
    ...headOf({ name: 'system_uptime_seconds', type: 'gauge', help: 'Since the machine was started.' }),
    `devgen_system_uptime_seconds ${systemUptimeMs / 1000}`,
  ];
}

function headOf({ name, type, help }: Pick<Metric, 'name' | 'type' | 'help'>): readonly string[] {
  return [`# HELP devgen_${name} ${help}`, `# TYPE devgen_${name} ${type}`];
}

function linesOf(metric: Metric, project: string, service: ServiceMetrics): readonly string[] {
  return metric.samplesOf(service).flatMap(({ value, labels = {} }) => {
    if (value === null || value === undefined) return [];
    const all = { project, service: service.service, ...labels };
    const shown = Object.entries(all).map(([label, text]) => `${label}="${escaped(text)}"`);
    return [`devgen_${metric.name}{${shown.join(',')}} ${value}`];
  });
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function toSeconds(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : ms / 1000;
}

function toShare(percent: number | undefined): number | null {
  return percent === undefined ? null : percent / 100;
}
