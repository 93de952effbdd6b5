import { readRecords } from '../../runtime/logs/read-records.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import { momentOf, type Since } from '../arguments/option-values.ts';
import type { CommandContext } from '../context/command-context.ts';
import { recordTroubles } from '../logs/log-troubles.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { historyTable } from '../sentences/history-table.ts';
import { selectServices } from '../status/select-services.ts';

export interface HistoryCommand {
  readonly kind: 'history';
  readonly names: readonly string[];
  /** `null`: as far back as is kept. */
  readonly since: Since | null;
  /** How many of the last events; `null`: the default, or all since that time. */
  readonly lines: number | null;
}

const DEFAULT_LINES = 50;

/** Shows what happened to services and why, from `logs/events.ndjson`; to those too that left the config since. */
export function showHistory(command: HistoryCommand, { checkout, screen, words }: CommandContext): ExitCode {
  const { events: file } = pathsOf(checkout.root);
  const wrong = recordTroubles(checkout.root, [file]);
  if (wrong.length > 0) {
    complain(screen, wrong);
    return EXIT.failed;
  }
  const all = readRecords(file, runtimeEventShape);
  const known = new Set([...checkout.plan.services.map(({ name }) => name), ...all.map(({ service }) => service)]);
  const selected = selectServices({ services: [...known].map((name) => ({ name })) }, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const shown = new Set(selected.value.map(({ name }) => name));
  const from = command.since === null ? 0 : momentOf(command.since, Date.now());
  const found = all.filter(({ service, at }) => shown.has(service) && Date.parse(at) >= from);
  const most = command.lines ?? (command.since === null ? DEFAULT_LINES : found.length);
  const events = most === 0 ? [] : found.slice(-most);
  const earlier = found.length - events.length;
  if (screen.answers === 'json') printJson<'history'>(screen, { events, earlier });
  else if (found.length === 0) screen.out('nothing has happened');
  else screen.out(...historyTable(events, { names: [...known], words, paint: screen.paintOut }));
  if (screen.answers === 'text' && earlier > 0) screen.note(describeEarlier(earlier));
  return EXIT.done;
}

function describeEarlier(count: number): string {
  return `${count} earlier ${count === 1 ? 'event is' : 'events are'} left out; \`--lines\` shows more`;
}
