import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogLines } from './log-lines.ts';
import { LogRow, type RowStyle } from './log-row.tsx';
import { type ListFrame, listHeight, rowsSeen, scrollTopOf } from './rows-seen.ts';

interface LogListProps {
  readonly lines: LogLines;
  readonly style: RowStyle;
  readonly wrap: 'wrapped' | 'cut';
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

/** The lines of a log, of which only those are drawn that are seen. */
export function LogList({ lines, style, wrap, isFollowing, target, firstSeen, onFollow }: LogListProps) {
  const scroller = useRef<HTMLElement>(null);
  const [viewport, setViewport] = useState(400);
  const [scrollTop, setScrollTop] = useState(0);
  const frame: ListFrame = { total: lines.total, rowHeight: ROW_HEIGHT, viewport };
  const end = listHeight(frame) - viewport;
  const seen = rowsSeen(frame, isFollowing ? end : scrollTop);
  firstSeen.current = seen.first;
  const isAtEnd = isFollowing || scrollTop >= end - NEAR_END;
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
  useEffect(() => void lines.fetchSeen(seen.first, seen.count), [lines, seen.first, seen.count, lines.total]);
  const look = ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    const isHigher = currentTarget.scrollTop < scrollTop - 1;
    setScrollTop(currentTarget.scrollTop);
    const isEnd = currentTarget.scrollTop >= currentTarget.scrollHeight - currentTarget.clientHeight - NEAR_END;
    if (isFollowing && isHigher && !isEnd) onFollow(false);
    if (!isFollowing && !isHigher && isEnd && lines.total > 0) onFollow(true);
  };
  const numbers = Array.from({ length: seen.count }, (_, index) => seen.first + index);
  const shift = wrap === 'cut' ? `translateY(${-seen.hidden}px)` : 'none';
  const now = Date.now();
  return (
    <section
      class={`log ${wrap} ${isAtEnd ? 'at-end' : ''}`}
      ref={scroller}
      onScroll={look}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      aria-label="Log"
    >
      <div class="track" style={{ height: `${listHeight(frame)}px` }}>
        <div class="window" style={{ height: `${viewport}px` }}>
          <div class="rows" style={{ transform: shift }}>
            {numbers.map((number) => (
              <LogRow key={number} line={lines.at(number)} style={style} isFound={target?.line === number} now={now} />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}
