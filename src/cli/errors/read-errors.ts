import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePlan } from '../../plan/plan.ts';
import { findErrors, type LogText } from '../../runtime/errors/find-errors.ts';
import { type ErrorGroup, groupErrors } from '../../runtime/errors/group-errors.ts';
import { type LogSource, segmentsOf } from '../../runtime/logs/log-segments.ts';
import { readLines } from '../../runtime/logs/read-lines.ts';
import { readRecords } from '../../runtime/logs/read-records.ts';
import { readTimeIndex } from '../../runtime/logs/time-index.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { logSources } from '../logs/log-sources.ts';
import { viewService } from '../status/service-view.ts';
import { reactionsIn } from './reactions-in.ts';

/** This much of a log is looked through, its end: an error that is worth mending is printed again. */
const SEARCHED_BYTES = 4 * 1024 * 1024;

/** What the caller knows besides the files; each in epoch ms. */
export interface ErrorsQuery {
  /** `null`: since the service's last start. */
  readonly since: number | null;
  /** When it was found to be well by asking it; `null`: it was not asked, or is not well. */
  readonly foundWellAt: number | null;
  /** As in `ErrorSource`. */
  readonly lastChangeAt: number | null;
}

/** The errors that a service has printed. */
export function readErrors(root: string, service: ServicePlan, query: ErrorsQuery): readonly ErrorGroup[] {
  const { status } = viewService(root, service);
  const from = query.since ?? momentOf(status.startedAt) ?? 0;
  const lines = logSources(root, [service]).flatMap((source) => linesSince(source, from));
  const errors = findErrors(lines);
  if (errors.length === 0) return [];
  const returns = returnsOf(root, service.name);
  const wellAt = [query.foundWellAt, momentOf(status.lastHealthyAt), ...returns].filter((at) => at !== null);
  return groupErrors(errors, {
    service: service.name,
    root,
    cwd: join(root, service.cwd),
    changedAt: (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null,
    begunAt: [momentOf(status.readyAt) ?? 0, ...returns],
    reactions: reactionsIn(lines),
    wellAt: wellAt.length === 0 ? null : Math.max(...wellAt),
    lastChangeAt: query.lastChangeAt,
  });
}

/** When a service that was not well, or did not run, was found to be so again. */
function returnsOf(root: string, service: string): readonly number[] {
  const events = readRecords(pathsOf(root).events, runtimeEventShape);
  return events
    .filter((event) => event.service === service && (event.kind === 'ready' || event.kind === 'healthy'))
    .map(({ at }) => Date.parse(at));
}

/** What was written since a moment. Lines of one service never lie before those of an older file of its log. */
export function linesSince(source: LogSource, since: number): readonly LogText[] {
  const lines: Omit<LogText, 'order'>[][] = [];
  let bytes = SEARCHED_BYTES;
  for (const { log, timeIndex, size, writtenAt } of [...segmentsOf(source)].reverse()) {
    const index = readTimeIndex(timeIndex);
    // It notes a line a moment after that was written.
    const endedAt = Math.max(writtenAt, index.timeOf(size - 1) ?? 0);
    if (bytes <= 0 || endedAt < since) break;
    const from = Math.max(index.offsetAt(since), size - bytes);
    const timed = Array.from(readLines(log, from, size), ({ text, start }) => ({
      text,
      at: index.timeOf(start) ?? writtenAt,
    }));
    lines.unshift(timed.filter(({ at }) => at >= since));
    bytes -= size - from;
  }
  return lines.flat().map((line, order) => ({ ...line, order }));
}

function momentOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time);
}
