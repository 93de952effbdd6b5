import { formatDuration } from '../../base/duration.ts';
import type { SourcePlace } from '../../runtime/errors/error-row.ts';
import type { ErrorGroup } from '../../runtime/errors/group-errors.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';

/** Longer messages are cut: the whole one is in the log and in the JSON. */
const MAX_MESSAGE_LENGTH = 120;

/** One line an error: whose, what, where, how often and when; what is mended is dimmed. */
export function errorTable(errors: readonly ErrorGroup[], nowMs: number, paint: Paint): readonly string[] {
  return lineUp(
    errors.map((error) => [
      error.service,
      error.isMended ? paint('dim', whatOf(error)) : paint('red', whatOf(error)),
      error.place === null ? '-' : describePlace(error.place),
      paint('dim', whenOf(error, nowMs)),
    ]),
  );
}

/** `FILE:LINE:COLUMN`, as editors and terminals open it. */
function describePlace({ file, line, column }: SourcePlace): string {
  return [file, line, column].filter((part) => part !== null).join(':');
}

/** Some tools begin the message with the kind. */
function whatOf({ kind, message }: ErrorGroup): string {
  const text = message.startsWith(kind) || /^[a-z ]+$/.test(kind) ? message : `${kind}: ${message}`;
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH - 1)}…` : text;
}

function whenOf({ count, lastAt, isMended }: ErrorGroup, nowMs: number): string {
  const times = count === 1 ? 'once' : `${count} times`;
  const ago = `${count === 1 ? '' : 'last '}${formatDuration(Math.max(0, nowMs - lastAt))} ago`;
  return [times, ago, ...(isMended ? ['mended'] : [])].join(', ');
}
