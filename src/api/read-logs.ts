import { logSources } from '../cli/logs/log-sources.ts';
import type { ServicePlan } from '../plan/plan.ts';
import { followLogs } from '../runtime/logs/follow-logs.ts';
import { endsOf, type LogLine, mergeLogs } from '../runtime/logs/merge-logs.ts';
import { iterate } from './iterate.ts';
import type { LogOptions, WrittenLine } from './manager.ts';

const DEFAULT_LINES = 100;

/** The lines of services, and with `follow` those that come, until the signal is aborted. */
export async function* readLogs(
  root: string,
  services: readonly Pick<ServicePlan, 'name'>[],
  { lines, since, follow = 'no', signal }: LogOptions,
): AsyncGenerator<WrittenLine, void> {
  const sources = logSources(root, services);
  const from = endsOf(sources);
  const query = {
    lines: lines ?? (since === undefined ? DEFAULT_LINES : null),
    since: since?.getTime() ?? null,
    accepts: null,
    ends: from,
  };
  for (const line of mergeLogs(sources, query)) yield written(line);
  if (follow === 'no') return;
  yield* iterate<WrittenLine>(signal, (push, ending) =>
    followLogs(sources, { from, signal: ending, now: Date.now, onLine: (line) => push(written(line)) }),
  );
}

function written({ service, at, text }: LogLine): WrittenLine {
  return { service, at: new Date(at).toISOString(), text };
}
