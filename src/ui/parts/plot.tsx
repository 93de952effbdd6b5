import { linePath, type Point } from './line-path.ts';

interface PlotProps {
  readonly title: string;
  /** Oldest first. */
  readonly values: readonly number[];
  readonly show: (value: number) => string;
  readonly tone?: string;
}

const WIDTH = 400;
const HEIGHT = 72;
const MOST_POINTS = 200;

/** The course of what was measured, with its highest and its last value. */
export function Plot({ title, values, show, tone = 'accent' }: PlotProps) {
  const highest = Math.max(0, ...values);
  const last = values.at(-1);
  const points: readonly Point[] = thinned(values).map((value, index) => [index, value]);
  const { line, area } = linePath(points, { width: WIDTH, height: HEIGHT, inset: 3 });
  const summary = last === undefined ? 'not measured' : `${show(last)} now, ${show(highest)} at most`;
  return (
    <figure class="plot">
      <figcaption>
        <span>{title}</span>
        <span class="sum">{summary}</span>
      </figcaption>
      <svg class={`spark ${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {points.length > 1 && <path class="area" d={area} />}
        {points.length > 1 && <path class="line" d={line} vector-effect="non-scaling-stroke" />}
      </svg>
    </figure>
  );
}

/** No more points than can be told apart; of several the highest, because that is what is looked for. */
function thinned(values: readonly number[]): readonly number[] {
  const step = Math.ceil(values.length / MOST_POINTS);
  if (step <= 1) return values;
  const count = Math.ceil(values.length / step);
  return Array.from({ length: count }, (_, index) => Math.max(...values.slice(index * step, (index + 1) * step)));
}
