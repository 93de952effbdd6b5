import { linePath, type Point } from './line-path.ts';

interface SparklineProps {
  readonly values: readonly number[];
  /** Says what is drawn, for those who do not see it. */
  readonly label: string;
  readonly tone?: string;
}

const WIDTH = 88;
const HEIGHT = 22;
const MOST_POINTS = 44;

/** The course of the newest values; nothing where there are too few. */
export function Sparkline({ values, label, tone = 'accent' }: SparklineProps) {
  const points: readonly Point[] = values.slice(-MOST_POINTS).map((value, index) => [index, value]);
  if (points.length < 2) return <span class="spark" />;
  const { line, area } = linePath(points, { width: WIDTH, height: HEIGHT, inset: 2 });
  return (
    <svg class={`spark ${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path class="area" d={area} />
      <path class="line" d={line} />
    </svg>
  );
}
