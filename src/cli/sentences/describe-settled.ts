import { relative } from 'node:path';
import { formatDuration } from '../../base/duration.ts';
import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { enumerate, quoteLog } from '../../runtime/sentences/sentence.ts';
import { tellingLines } from '../errors/telling-lines.ts';
import { isWithin, type SettledService } from '../settle/await-settled.ts';
import type { SettleReport } from '../settle/settle-report.ts';
import { errorTable } from './error-table.ts';
import { statusTable, type TableStyle } from './status-table.ts';

const MOST_ERRORS = 8;
/** The newest error is shown as it was printed, as far as its beginning tells. */
const QUOTED_LINES = 10;
const LONGEST_LINE = 160;

/** What an edit has come to: the verdict, what is new, and what is not well. */
export function describeSettled(report: SettleReport, style: TableStyle): readonly string[] {
  const { services, errors } = report;
  const unwell = services.filter(({ isWell }) => !isWell);
  const newest = errors.findLast(({ isMended }) => !isMended);
  const shown = errors.slice(-MOST_ERRORS);
  return [
    verdictOn(report, style),
    ...(shown.length < errors.length
      ? [`${errors.length - shown.length} more errors: \`${style.words.program} errors\``]
      : []),
    ...errorTable(shown, style.now, style.paint),
    ...(newest === undefined ? [] : quoteOf(newest)),
    ...services.flatMap(describeBroken),
    ...services.flatMap((each) => describeUntouched(each, { ...report, ...style })),
    ...(unwell.length === 0
      ? []
      : statusTable(
          unwell.map(({ view }) => view),
          style,
        )),
  ];
}

function verdictOn(report: SettleReport, { paint }: TableStyle): string {
  switch (report.outcome) {
    case 'well':
      return `${paint('green', 'well:')} ${namesOf(report.services)}`;
    case 'broken':
      return `${paint('red', 'broken:')} ${namesOf(report.services.filter((each) => isBroken(each, report)))}`;
    case 'moving':
      return `${paint('yellow', 'not settled yet:')} ${namesOf(report.services.filter(({ isWell }) => !isWell))}`;
  }
}

function namesOf(services: readonly SettledService[]): string {
  return enumerate(services.map(({ service }) => service.name));
}

function isBroken({ service, isWell, broken }: SettledService, { errors }: SettleReport): boolean {
  return !isWell || broken.length > 0 || errors.some((error) => error.service === service.name && !error.isMended);
}

function quoteOf({ lines }: ErrorGroup): readonly string[] {
  const shown = tellingLines(lines).slice(0, QUOTED_LINES);
  return quoteLog(shown.map((line) => line.slice(0, LONGEST_LINE))).map((line) => `  ${line}`);
}

/** A server without a reloader answers well, and not from what was edited. */
function describeUntouched({ service, view, isWell, hasModules, reloadedAt }: SettledService, report: Untouched) {
  const { root, words, now } = report;
  const lastChange = report.changes.written;
  const startedAt = Date.parse(view.status.startedAt ?? '');
  if (!isWell || hasModules || reloadedAt !== null || lastChange === null || lastChange.at <= startedAt) return [];
  if (!isWithin(lastChange, root, service) || lastChange.file.endsWith('.md')) return [];
  const file = relative(root, lastChange.file);
  const ago = formatDuration(Math.max(0, now - lastChange.at));
  const { name } = service;
  return [
    `${name}: it has printed nothing of a reload since ${file} was changed ${ago} ago; ` +
      `if it has no reloader: \`${words.program} restart ${name}\``,
  ];
}

type Untouched = Pick<SettleReport, 'root' | 'changes'> & Pick<TableStyle, 'words' | 'now'>;

function describeBroken({ service, broken }: SettledService): readonly string[] {
  const [first, ...others] = broken;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return [`${service.name}: its page cannot load ${first.url} (${first.status})${more}`];
}
