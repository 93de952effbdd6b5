import { useState } from 'preact/hooks';
import { formatDuration } from '../../base/duration.ts';
import { useAnswer } from '../data/ask.ts';
import type { Grade, MetricsDocument } from '../data/documents.ts';
import { bytesText } from '../parts/amounts.ts';
import type { PeriodWord } from '../parts/period.ts';
import { PeriodChoice } from '../parts/period-choice.tsx';
import { Plot } from '../parts/plot.tsx';
import { ScreenHead } from '../parts/screen-head.tsx';

const EVERY_MS = 10_000;
const GRADES: readonly Grade[] = ['excellent', 'good', 'warning', 'critical'];

/** What was measured of each service. */
export function MetricsScreen() {
  const [period, setPeriod] = useState<PeriodWord>('1h');
  const { document, fault } = useAnswer<{ readonly services: readonly MetricsDocument[] }>(
    `ask/metrics?since=${period}`,
    EVERY_MS,
  );
  return (
    <>
      <ScreenHead title="Metrics" sum={document === null ? 'Reading what was measured.' : ''} fault={fault}>
        <PeriodChoice period={period} onChoose={setPeriod} />
      </ScreenHead>
      {document?.services.map((each) => (
        <MetricsCard key={each.service} measured={each} />
      ))}
    </>
  );
}

function MetricsCard({ measured }: { readonly measured: MetricsDocument }) {
  const { service, responses, availability, restarts, startups, course } = measured;
  const lastStart = startups.at(-1);
  const isMeasured = Object.values(course).some(({ length }) => length > 0);
  return (
    <section class="card metrics" aria-label={service}>
      <div class="head">
        <h2>{service}</h2>
        <Grades grades={responses.grades} />
      </div>
      <dl>
        <Figure term="p50" value={timeText(responses.p50)} />
        <Figure term="p95" value={timeText(responses.p95)} />
        <Figure term="p99" value={timeText(responses.p99)} />
        <Figure term="probes" value={`${responses.count}, ${responses.failures} failed`} />
        <Figure
          term="available"
          value={availability.share === null ? '-' : `${(availability.share * 100).toFixed(1)} %`}
        />
        <Figure term="restarts" value={String(restarts.length)} />
        <Figure term="last start-up" value={lastStart === undefined ? '-' : formatDuration(lastStart.startupMs)} />
      </dl>
      {isMeasured && (
        <div class="plots">
          <Plot title="Response time" values={course.responseMs} show={formatDuration} />
          <Plot title="Memory" values={course.residentBytes} show={bytesText} tone="calm" />
          <Plot title="Processor" values={course.cpuPercent} show={(percent) => `${percent.toFixed(1)} %`} />
        </div>
      )}
    </section>
  );
}

function Figure({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Grades({ grades }: { readonly grades: Readonly<Record<Grade, number>> }) {
  const total = GRADES.reduce((sum, grade) => sum + grades[grade], 0);
  if (total === 0) return <p class="sum">nothing was measured</p>;
  const parts = GRADES.filter((grade) => grades[grade] > 0);
  return (
    <p class="sum">
      {parts.map((grade) => (
        <span key={grade} class={`grade ${grade}`}>{`${Math.round((grades[grade] / total) * 100)} % ${grade} `}</span>
      ))}
    </p>
  );
}

function timeText(ms: number | null): string {
  return ms === null ? '-' : formatDuration(ms);
}
