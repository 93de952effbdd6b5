import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { countText } from '../parts/amounts.ts';
import { rowsBefore, rowsFrom } from './folded-rows.ts';
import type { LogLines } from './log-lines.ts';
import { LogRow, type RowStyle } from './log-row.tsx';
import { type ListFrame, listHeight, rowsSeen, scrollTopOf, scrollTopOfFirst } from './rows-seen.ts';

interface LogListProps {
  readonly lines: LogLines;
  readonly style: RowStyle;
  readonly wrap: 'wrapped' | 'cut';
  /** Whether stack traces are shown whole. */
  readonly traces: 'folded' | 'whole';
  readonly isFollowing: boolean;
  /** The line to be shown; a new object each time that it is to be. */
  readonly target: { readonly line: number } | null;
  /** Is told which line is the first one that is seen. */
  readonly firstSeen: { current: number };
  /** The user has left the end of the log, or has come back to it. */
  readonly onFollow: (isFollowing: boolean) => void;
}

const ROW_HEIGHT = 20;
/** A scroll bar that is so close to its end is there. */
const NEAR_END = 4;
/** As many as one turn of a wheel may pass. */
const NEAR_ROWS = 20;
/** Whether a line is of a stack trace, the lines before it tell. */
const AHEAD = 60;

/** The lines of a log, of which only those are drawn that are seen. */
export function LogList({ lines, style, wrap, traces, isFollowing, target, firstSeen, onFollow }: LogListProps) {
  const scroller = useRef<HTMLElement>(null);
  const [viewport, setViewport] = useState(400);
  const [scrollTop, setScrollTop] = useState(0);
  const [opened, setOpened] = useState<readonly number[]>([]);
  const frame: ListFrame = { total: lines.total, rowHeight: ROW_HEIGHT, viewport };
  const end = listHeight(frame) - viewport;
  const seen = rowsSeen(frame, isFollowing ? end : scrollTop);
  const isAtEnd = isFollowing || scrollTop >= end - NEAR_END;
  const isOpen = (first: number, until: number): boolean =>
    traces === 'whole' || [target?.line ?? -1, ...opened].some((line) => first <= line && line < until);
  const log = { total: lines.total, at: (number: number) => lines.at(number), isOpen };
  const fromThere = rowsFrom(log, seen.first, seen.count);
  const isLast = isAtEnd || fromThere.length < seen.count;
  const rows = isLast ? rowsBefore(log, lines.total, seen.count) : fromThere;
  const first = rows[0]?.first ?? 0;
  const last = rows.at(-1)?.first ?? 0;
  firstSeen.current = first;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setViewport(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (isFollowing && scroller.current !== null) scroller.current.scrollTop = end;
  }, [isFollowing, end]);
  useLayoutEffect(() => {
    if (target !== null && scroller.current !== null) scroller.current.scrollTop = scrollTopOf(frame, target.line);
  }, [target]);
  useEffect(() => setOpened([]), [lines, traces]);
  const from = Math.max(0, first - AHEAD);
  useEffect(() => void lines.fetchSeen(from, last - from + 1), [lines, from, last, lines.total]);
  const look = ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    const isHigher = currentTarget.scrollTop < scrollTop - 1;
    setScrollTop(currentTarget.scrollTop);
    const isEnd = currentTarget.scrollTop >= currentTarget.scrollHeight - currentTarget.clientHeight - NEAR_END;
    if (isFollowing && isHigher && !isEnd) onFollow(false);
    if (!isFollowing && !isHigher && isEnd && lines.total > 0) onFollow(true);
  };
  const turned = useRef(0);
  /** The scroll bar counts lines: past a fold, which may have hundreds, the wheel goes by rows. */
  const turn = (event: WheelEvent): void => {
    const before = rowsBefore(log, first, NEAR_ROWS);
    if (scroller.current === null || ![...before, ...rows].some(({ folded }) => folded > 0)) return;
    event.preventDefault();
    turned.current += event.deltaMode === 0 ? event.deltaY / ROW_HEIGHT : event.deltaY;
    const by = Math.trunc(turned.current);
    turned.current -= by;
    const to = by < 0 ? rowsBefore(log, first, -by)[0]?.first : rowsFrom(log, first, by + 1).at(-1)?.first;
    if (by === 0 || to === undefined) return;
    const isBeyond = by > 0 && rowsFrom(log, to, seen.count).length < seen.count;
    scroller.current.scrollTop = isBeyond ? end : scrollTopOfFirst(frame, to);
  };
  const beyond = isLast ? Math.max(0, rows.length * ROW_HEIGHT - viewport) : first === seen.first ? seen.hidden : 0;
  const shift = wrap === 'cut' ? `translateY(${-beyond}px)` : 'none';
  const now = Date.now();
  return (
    <section
      class={`log ${wrap} ${isLast ? 'at-end' : ''}`}
      ref={scroller}
      onScroll={look}
      onWheel={turn}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      aria-label="Log"
    >
      <div class="track" style={{ height: `${listHeight(frame)}px` }}>
        <div class="window" style={{ height: `${viewport}px` }}>
          <div class="rows" style={{ transform: shift }}>
            {rows.map(({ first: number, folded }) =>
              folded > 0 ? (
                <button key={number} type="button" class="line fold" onClick={() => setOpened([...opened, number])}>
                  {countText(folded, 'line')} of a stack trace
                </button>
              ) : (
                <LogRow
                  key={number}
                  line={lines.at(number)}
                  style={style}
                  isFound={target?.line === number}
                  now={now}
                />
              ),
            )}
          </div>
        </div>
      </div>
    </section>
  );
}
