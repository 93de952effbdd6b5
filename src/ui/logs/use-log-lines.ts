import { useEffect, useMemo, useState } from 'preact/hooks';
import { live } from '../data/live.ts';
import { useStore } from '../data/store.ts';
import { LogLines } from './log-lines.ts';

/** The lines of a choice of services, kept up to date. */
export function useLogLines(services: readonly string[]): LogLines {
  const [, draw] = useState(0);
  const written = useStore(live, (now) => now.written);
  const key = services.join();
  const lines = useMemo(() => new LogLines(services, () => draw((count) => count + 1)), [key]);
  useEffect(() => void lines.fetchLast(), [lines, written]);
  return lines;
}
