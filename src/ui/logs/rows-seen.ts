/** What a list of lines looks like that is too long to be drawn whole. */
export interface ListFrame {
  readonly total: number;
  readonly rowHeight: number;
  /** Of what is seen of it. */
  readonly viewport: number;
}

/** No browser shows a higher element reliably; beyond, a pixel of the scroll bar is more than one. */
const HIGHEST = 8_000_000;

/** How high the list is, as the scroll bar shows it. */
export function listHeight({ total, rowHeight, viewport }: ListFrame): number {
  return Math.max(viewport, Math.min(HIGHEST, total * rowHeight));
}

export interface RowsSeen {
  /** The first line that is seen, at least in part. */
  readonly first: number;
  /** Lines from there on, the last one maybe in part. */
  readonly count: number;
  /** By how many pixels the first one is hidden. */
  readonly hidden: number;
}

/** Which lines are seen at a place of the scroll bar. At its end the last line is whole. */
export function rowsSeen(frame: ListFrame, scrollTop: number): RowsSeen {
  const { total, rowHeight, viewport } = frame;
  const whole = viewport / rowHeight;
  const most = Math.max(0, total - whole);
  const track = listHeight(frame) - viewport;
  const place = track <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / track)) * most;
  const first = Math.floor(place);
  const count = Math.max(0, Math.min(total - first, Math.ceil(whole) + 1));
  return { first, count, hidden: (place - first) * rowHeight };
}

/** Where the scroll bar stands when a line is the first one that is seen, to the nearest pixel. */
export function scrollTopOfFirst(frame: ListFrame, line: number): number {
  const track = listHeight(frame) - frame.viewport;
  const most = frame.total - frame.viewport / frame.rowHeight;
  return most <= 0 ? 0 : Math.ceil((Math.min(line, most) / most) * track);
}

/** Where the scroll bar stands when a line is in the middle. */
export function scrollTopOf(frame: ListFrame, line: number): number {
  const { total, rowHeight, viewport } = frame;
  const whole = viewport / rowHeight;
  const most = total - whole;
  if (most <= 0) return 0;
  const place = Math.min(most, Math.max(0, line - whole / 2 + 0.5));
  return (place / most) * (listHeight(frame) - viewport);
}
