export type Point = readonly [x: number, y: number];

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Room above the highest value and below zero. */
  readonly inset: number;
  /** The value at the top; left out: the highest one. */
  readonly top?: number;
}

/** A line through points, whose x ascend, and the area below it, as paths of SVG. Zero is at the bottom. */
export function linePath(points: readonly Point[], { width, height, inset, top }: Frame) {
  const [first = 0, last = 0] = [points[0]?.[0], points.at(-1)?.[0]];
  const highest = Math.max(top ?? 0, ...points.map(([, y]) => y)) || 1;
  const across = (x: number): string => (last === first ? 0 : ((x - first) / (last - first)) * width).toFixed(1);
  const up = (y: number): string => (height - inset - (Math.max(0, y) / highest) * (height - 2 * inset)).toFixed(1);
  const line = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${across(x)} ${up(y)}`).join('');
  return { line, area: points.length === 0 ? '' : `${line}L${width} ${height}L0 ${height}Z` };
}
