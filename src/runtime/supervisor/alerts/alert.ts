import { cutLine } from '../../../base/cut-line.ts';
import { mapTexts } from '../../../base/map-texts.ts';
import type { RuntimeEvent } from '../../state/runtime-event.ts';

/** Of the log, in the text. */
const QUOTED_CHARACTERS = 20_000;

/** What hooks are told, as JSON; `text` alone is what chats show of it. */
export interface Alert {
  readonly schemaVersion: 1;
  readonly kind: 'trouble' | 'recovered' | 'test';
  readonly project: string;
  /** `null`: it is about the machine. */
  readonly service: string | null;
  readonly at: string;
  /** When the trouble began. */
  readonly since: string;
  /** What happened and why, in one sentence. */
  readonly reason: string;
  /** What devgen did or does about it; `null`: there is nothing to say. */
  readonly done: string | null;
  readonly url: string | null;
  /** Of the service's log, oldest first. */
  readonly lastLines: readonly string[];
  /** How many alerts before it were held back, because there were too many. */
  readonly heldBack: number;
  readonly text: string;
  /** What it tells of; `null`: it was no event. */
  readonly event: RuntimeEvent | null;
}

export type AlertFacts = Omit<Alert, 'schemaVersion' | 'text'>;

/**
 * Completes an alert with its text, in which what a chat would take for code stands in a fence. Its lines are cut, so
 * that it fits into a variable of a command, which has room for 128 KiB: the facts must be without secrets by now, or a
 * part of one may be left. Pure. Source: execve(2), MAX_ARG_STRLEN.
 */
export function composeAlert(told: AlertFacts): Alert {
  const facts = mapTexts(told, cutLine);
  const { project, service, kind, reason, done, since, url, lastLines, heldBack } = facts;
  const sign = kind === 'recovered' ? 'recovered: ' : '';
  const fence = '```';
  const text = [
    `${project}${service === null ? '' : `: ${service}`} ${sign}${reason}`,
    ...(done === null ? [] : [done]),
    [`since ${since}`, ...(url === null ? [] : [url])].join(', '),
    ...(lastLines.length === 0
      ? []
      : [fence, ...newest(lastLines).map((each) => each.replaceAll(fence, "'''")), fence]),
    ...(heldBack === 0 ? [] : [`${heldBack} more ${heldBack === 1 ? 'alert was' : 'alerts were'} held back before it`]),
  ].join('\n');
  return { schemaVersion: 1, ...facts, text };
}

function newest(lines: readonly string[]): readonly string[] {
  let length = 0;
  const first = lines.findLastIndex((line) => {
    length += line.length;
    return length > QUOTED_CHARACTERS;
  });
  return lines.slice(first + 1);
}
