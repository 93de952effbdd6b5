import { formatDuration } from '../../base/duration.ts';
import type { Restart, ServiceLife } from '../../runtime/metrics/life-of-service.ts';
import type { ResponseSummary } from '../../runtime/metrics/summarise-responses.ts';
import { endedHow } from '../../runtime/sentences/describe-exit.ts';
import { describeFailure } from '../../runtime/sentences/describe-failure.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { ResponseGrade } from '../../runtime/state/lifecycle.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import { sparkline } from '../screen/sparkline.ts';
import { formatBytes } from './describe-resources.ts';
import { STATE_COLOURS } from './describe-view.ts';

export interface MetricsStyle {
  readonly paint: Paint;
  readonly words: Words;
  /** Epoch ms. */
  readonly now: number;
  /** Whether a person looks at it, who can read a course from bars. */
  readonly bars: 'drawn' | 'left-out';
}

/** A paragraph a service; what was never measured is left out. */
export function metricsReport(services: readonly ServiceMetrics[], style: MetricsStyle): readonly string[] {
  return services.flatMap((service, index) => [...(index > 0 ? [''] : []), ...paragraph(service, style)]);
}

function paragraph(metrics: ServiceMetrics, style: MetricsStyle): readonly string[] {
  const { paint, bars } = style;
  const { service, state, uptimeMs, life, responses, grades, course } = metrics;
  const draw = (values: readonly number[]): string => {
    const drawn = bars === 'drawn' ? sparkline(values) : '';
    return drawn === '' ? '' : paint('cyan', drawn);
  };
  const facts: readonly (readonly [string, string | null, string?])[] = [
    [
      'state',
      [paint(STATE_COLOURS[state], state), uptimeMs === null ? '' : `for ${formatDuration(uptimeMs)}`].join(' '),
    ],
    ['available', describeAvailability(life)],
    ['restarts', describeRestarts(life.restarts, metrics.service, style)],
    ['start-up', describeStartups(life), draw(life.startups.map(({ startupMs }) => startupMs))],
    ['response', describeResponses(responses), draw(course.responseMs)],
    ['grades', describeGrades(grades, responses.count)],
    ['memory', describeCourse(course.residentBytes, formatBytes), draw(course.residentBytes)],
    ['processor', describeCourse(course.cpuPercent, (value) => `${value}%`), draw(course.cpuPercent)],
  ];
  const known = facts.flatMap(([label, value, bar = '']) => (value === null ? [] : [{ label, value, bar }]));
  const drawn = known.filter(({ bar }) => bar !== '');
  const withBars = lineUp(drawn.map(({ value, bar }) => [value, bar]));
  const textOf = (fact: (typeof known)[number]): string => withBars[drawn.indexOf(fact)] ?? fact.value;
  return [paint('bold', service), ...lineUp(known.map((fact) => [`  ${fact.label}`, textOf(fact)]))];
}

/** `99.2% of 5h 12m in which it was wanted`. */
function describeAvailability({ readyMs, wantedMs }: ServiceLife): string | null {
  return wantedMs === 0
    ? null
    : `${percentOf(readyMs, wantedMs)} of ${formatDuration(wantedMs)} in which it was wanted`;
}

function describeRestarts(restarts: readonly Restart[], service: string, { words, now }: MetricsStyle): string {
  const last = restarts.at(-1);
  if (last === undefined) return 'none';
  const when = `last ${formatDuration(Math.max(0, now - last.at))} ago`;
  return [`${restarts.length}, ${when}`, whyRestarted(last, service, words)].filter((part) => part !== '').join(': ');
}

function whyRestarted({ because }: Restart, service: string, words: Words): string {
  if (because === null) return '';
  return because.kind === 'exit'
    ? endedHow('ended', because.exit)
    : describeFailure(because.failure, service, words).text;
}

/** As many as fit beside each other. */
const SHOWN_STARTUPS = 5;

function describeStartups({ startups }: ServiceLife): string | null {
  const last = startups.slice(-SHOWN_STARTUPS).map(({ startupMs }) => formatDuration(startupMs));
  return last.length === 0 ? null : last.join(', ');
}

function describeResponses({ count, failures, p50, p95, p99 }: ResponseSummary): string | null {
  if (count === 0 && failures === 0) return null;
  const failed = failures === 0 ? '' : `, ${failures} failed`;
  const probes = `${count + failures} ${count + failures === 1 ? 'probe' : 'probes'}${failed}`;
  if (p50 === null || p95 === null || p99 === null) return probes;
  const times = [`p50 ${formatDuration(p50)}`, `p95 ${formatDuration(p95)}`, `p99 ${formatDuration(p99)}`];
  return `${times.join(', ')} of ${probes}`;
}

function describeGrades(grades: Readonly<Record<ResponseGrade, number>>, count: number): string | null {
  const shares = Object.entries(grades).filter(([, times]) => times > 0);
  return shares.length === 0 ? null : shares.map(([grade, times]) => `${grade} ${percentOf(times, count)}`).join(', ');
}

function describeCourse(values: readonly number[], format: (value: number) => string): string | null {
  const last = values.at(-1);
  return last === undefined ? null : `${format(last)}, at most ${format(Math.max(...values))}`;
}

/** 100% only of the whole. */
function percentOf(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  if (percent >= 100) return '100%';
  return `${percent >= 99.95 ? '99.9' : percent.toFixed(1).replace(/\.0$/, '')}%`;
}
