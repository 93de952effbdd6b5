import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ServicePlan } from '../../plan/plan.ts';
import { findErrors, type LogText } from '../../runtime/errors/find-errors.ts';
import { type ErrorGroup, groupErrors } from '../../runtime/errors/group-errors.ts';
import { type LogSource, segmentsOf } from '../../runtime/logs/log-segments.ts';
import { readLines } from '../../runtime/logs/read-lines.ts';
import { readTimeIndex } from '../../runtime/logs/time-index.ts';
import { logSources } from '../logs/log-sources.ts';
import { viewService } from '../status/service-view.ts';

/** This much of a log is looked through, its end: an error that is worth mending is printed again. */
const SEARCHED_BYTES = 4 * 1024 * 1024;

/** The errors that a service has printed since `since`, epoch ms, or since its last start. */
export function readErrors(root: string, service: ServicePlan, since: number | null): readonly ErrorGroup[] {
  const { status } = viewService(root, service);
  const from = since ?? momentOf(status.startedAt) ?? 0;
  const [source] = logSources(root, [service]);
  const lines = source === undefined ? [] : linesSince(source, from);
  const { verdict, checkedAt } = status.health;
  const readyAt = momentOf(status.readyAt);
  return groupErrors(findErrors(lines), {
    service: service.name,
    root,
    cwd: join(root, service.cwd),
    changedAt: (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null,
    readyAt,
    wellAt: verdict === 'healthy' ? momentOf(checkedAt) : null,
  });
}

/** Lines of one service never lie before those of an older file of its log. */
function linesSince(source: LogSource, since: number): readonly LogText[] {
  const lines: LogText[][] = [];
  let bytes = SEARCHED_BYTES;
  for (const { log, timeIndex, size, writtenAt } of [...segmentsOf(source)].reverse()) {
    if (bytes <= 0 || writtenAt < since) break;
    const index = readTimeIndex(timeIndex);
    const from = Math.max(index.offsetAt(since), size - bytes);
    const timed = Array.from(readLines(log, from, size), (line) => ({
      ...line,
      at: index.timeOf(line.start) ?? writtenAt,
    }));
    lines.unshift(timed.filter(({ at }) => at >= since));
    bytes -= size - from;
  }
  return lines.flat();
}

function momentOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time);
}
