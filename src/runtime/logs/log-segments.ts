import { statLog } from './open-log.ts';

/** Where one service's output lies. */
export interface LogSource {
  readonly service: string;
  readonly log: string;
  /** The sidecar that tells when the log had which size. */
  readonly timeIndex: string;
  /** `noted`: there; `in-lines`: each entry begins with its time as ISO 8601. */
  readonly times: 'noted' | 'in-lines';
}

/** One file of a log. */
export interface LogSegment {
  readonly log: string;
  readonly timeIndex: string;
  readonly size: number;
  /** Epoch ms of the last write. */
  readonly writtenAt: number;
}

/** More are never kept. */
const MOST_SEGMENTS = 100;

/** The files that a log consists of after its rotations, oldest first: `NAME.log.2`, `NAME.log.1`, `NAME.log`. */
export function segmentsOf({ log, timeIndex }: Pick<LogSource, 'log' | 'timeIndex'>): readonly LogSegment[] {
  const segments: LogSegment[] = [];
  for (let age = 0; age <= MOST_SEGMENTS; age++) {
    const suffix = age === 0 ? '' : `.${age}`;
    const status = statLog(log + suffix);
    if (status === undefined) continue;
    segments.unshift({
      log: log + suffix,
      timeIndex: timeIndex + suffix,
      size: status.size,
      writtenAt: Math.round(status.mtimeMs),
    });
  }
  return segments;
}
