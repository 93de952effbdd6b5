import type { RuntimeEvent } from '../../state/runtime-event.ts';

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

/** Completes an alert with its text, in which what a chat would take for code stands in a fence. Pure. */
export function composeAlert(facts: AlertFacts): Alert {
  const { project, service, kind, reason, done, since, url, lastLines, heldBack } = facts;
  const sign = kind === 'recovered' ? 'recovered: ' : '';
  const fence = '```';
  const text = [
    `${project}${service === null ? '' : `: ${service}`} ${sign}${reason}`,
    ...(done === null ? [] : [done]),
    [`since ${since}`, ...(url === null ? [] : [url])].join(', '),
    ...(lastLines.length === 0 ? [] : [fence, ...lastLines.map((line) => line.replaceAll(fence, "'''")), fence]),
    ...(heldBack === 0 ? [] : [`${heldBack} more ${heldBack === 1 ? 'alert was' : 'alerts were'} held back before it`]),
  ].join('\n');
  return { schemaVersion: 1, ...facts, text };
}
