import { ok } from '../../base/result.ts';
import { isErrorLine } from '../../runtime/logs/error-lines.ts';
import { followLogs } from '../../runtime/logs/follow-logs.ts';
import type { LogSource } from '../../runtime/logs/log-segments.ts';
import { endsOf, type LogLine, type LogQuery, mergeLogs } from '../../runtime/logs/merge-logs.ts';
import { momentOf, type Since } from '../arguments/option-values.ts';
import { callingAgent } from '../caller/calling-agent.ts';
import type { CommandContext } from '../context/command-context.ts';
import { deletedLogs } from '../logs/deleted-logs.ts';
import { type LineLength, logFormatter, logLineToJson } from '../logs/log-format.ts';
import { logSources, ownLogSource } from '../logs/log-sources.ts';
import { logTroubles } from '../logs/log-troubles.ts';
import { newestThatFit } from '../logs/newest-that-fit.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson, printJsonLine } from '../output/print-json.ts';
import type { Screen } from '../screen/screen.ts';
import { terminalColumns } from '../screen/terminal-columns.ts';
import { selectServices } from '../status/select-services.ts';

export interface LogsCommand {
  readonly kind: 'logs';
  readonly names: readonly string[];
  readonly mode: 'shown' | 'followed';
  /** How many of the last lines; `null`: the default. */
  readonly lines: number | null;
  readonly since: Since | null;
  readonly only: 'all' | 'errors';
  /** The runtime's own log: alone, or among those of the services that are named. */
  readonly own: 'hidden' | 'shown';
  readonly timestamps: 'hidden' | 'shown';
  /** `null`: whole on a terminal, cut elsewhere. */
  readonly length: 'whole' | null;
}

const DEFAULT_LINES = 100;
/** With what is said besides, the 8 KB that agents' tools take. */
const AGENT_BYTES = 7800;
/** Written at once: one system call a line would be slow. */
const BATCH = 500;

/** Prints what services wrote, merged by time, and with `-f` what they go on writing, until Ctrl+C. */
export async function showLogs(command: LogsCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen } = context;
  const isOwnAlone = command.own === 'shown' && command.names.length === 0;
  const selected = isOwnAlone ? ok([]) : selectServices(checkout.plan, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const own = command.own === 'shown' ? [ownLogSource(checkout.root)] : [];
  const sources = [...logSources(checkout.root, selected.value), ...own];
  const wrong = logTroubles(checkout.root, sources);
  if (wrong.length > 0) {
    complain(screen, wrong);
    return EXIT.failed;
  }
  const deleted = deletedLogs(selected.value, context);
  if (deleted.length > 0) screen.note(...deleted.map(({ message }) => message));
  const shown = shownTo(context);
  const ends = endsOf(sources);
  const past = mergeLogs(sources, queryOf(command, command.mode === 'followed' ? ends : new Map()));
  if (screen.answers === 'json' && command.mode === 'shown') {
    const length = lengthOf(command, screen);
    printJson<'logs'>(screen.unmasked, { lines: [...past].map((line) => logLineToJson(shown(line), length)) });
    return deleted.length === 0 ? EXIT.done : EXIT.failed;
  }
  if (isForAgent(command, context)) {
    const lines = [...past].map(textOf(command, context, sources));
    const { shown: newest, leftOut } = newestThatFit(lines, AGENT_BYTES);
    if (leftOut > 0) screen.note(`${leftOut} earlier lines are left out; \`--full\` shows them`);
    screen.unmasked.out(...newest);
    return deleted.length === 0 ? EXIT.done : EXIT.failed;
  }
  const print = printerOf(command, context, sources);
  let batch: LogLine[] = [];
  for (const line of past) {
    if (batch.push(line) < BATCH) continue;
    print(...batch);
    batch = [];
  }
  print(...batch);
  if (command.mode === 'followed') await follow(sources, ends, { command, print });
  return deleted.length === 0 ? EXIT.done : EXIT.failed;
}

function queryOf({ lines, since, only }: LogsCommand, ends: ReadonlyMap<string, number>): LogQuery {
  return {
    lines: lines ?? (since === null ? DEFAULT_LINES : null),
    since: since === null ? null : momentOf(since, Date.now()),
    accepts: only === 'errors' ? isErrorLine : null,
    ends,
  };
}

/** A log is raw for a person, whose it is; what a coding agent reads goes to others. */
function shownTo({ checkout, screen }: CommandContext): (line: LogLine) => LogLine {
  return callingAgent(checkout.environment) === null ? (line) => line : screen.masked;
}

/** What an agent does not get of its tools is of no use to it. */
function isForAgent({ mode, length }: LogsCommand, { checkout, screen }: CommandContext): boolean {
  return (
    mode === 'shown' && length === null && screen.answers === 'text' && callingAgent(checkout.environment) !== null
  );
}

function printerOf(command: LogsCommand, context: CommandContext, sources: readonly LogSource[]) {
  const { screen } = context;
  if (screen.answers === 'json') {
    const length = lengthOf(command, screen);
    const shown = shownTo(context);
    return (...lines: readonly LogLine[]) =>
      printJsonLine<'logs'>(screen.unmasked, ...lines.map((line) => logLineToJson(shown(line), length)));
  }
  const text = textOf(command, context, sources);
  return (...lines: readonly LogLine[]) => screen.unmasked.out(...lines.map(text));
}

/** A line as it is shown where text is read. */
function textOf(
  command: LogsCommand,
  context: CommandContext,
  sources: readonly LogSource[],
): (line: LogLine) => string {
  const { checkout, screen } = context;
  const shown = shownTo(context);
  const format = logFormatter({
    all: checkout.plan.services.map(({ name }) => name),
    shown: sources.map(({ service }) => service),
    timestamps: command.timestamps,
    paint: screen.paintOut,
    length: lengthOf(command, screen),
    columns: () => terminalColumns(screen),
  });
  return (line) => format(shown(line));
}

function lengthOf({ length }: LogsCommand, screen: Screen): LineLength {
  return length ?? (screen.isWatched && screen.answers === 'text' ? 'whole' : 'cut');
}

async function follow(
  sources: readonly LogSource[],
  from: ReadonlyMap<string, number>,
  { command, print }: { readonly command: LogsCommand; readonly print: (line: LogLine) => void },
): Promise<void> {
  const ending = new AbortController();
  // Ctrl+C only ends the view, which is a good end: make and shells stay quiet.
  process.once('SIGINT', () => ending.abort());
  await followLogs(sources, {
    from,
    signal: ending.signal,
    now: Date.now,
    onLine(line) {
      if (command.only === 'all' || isErrorLine(line.text)) print(line);
    },
  });
}
