import { programIn } from '../../../manifest/launcher.ts';
import { isLookDear } from '../../../platform/is-look-dear.ts';
import { commandLineOf } from '../../../platform/process-details.ts';
import { findProcess } from '../../../platform/process-table.ts';
import type { RuntimeNews } from '../../state/runtime-event.ts';
import type { Supervisor } from '../supervisor.ts';

type Asked = Extract<RuntimeNews, { readonly kind: 'asked' }>;

export interface AskedFor {
  readonly request: Asked['request'];
  readonly names: readonly string[];
  /** Pid of the command; `null`: it did not say. */
  readonly caller: number | null;
}

/** Longer command lines say no more. */
const MOST_CHARACTERS = 120;

/**
 * Keeps, for `history`, who asked for what: a service that is stopped was stopped by some command. Not where each
 * command would have to wait for a look at the processes.
 */
export function noteAsked({ publisher, root }: Supervisor, { request, names, caller }: AskedFor): void {
  const command = caller === null || isLookDear ? undefined : commandLineOf(caller);
  if (caller === null || command === undefined) return;
  const parentPid = findProcess(caller)?.parentPid ?? 0;
  const parent = parentPid > 1 ? commandLineOf(parentPid) : undefined;
  const by = { pid: caller, command: asTyped(command, root), from: parent === undefined ? null : cut(parent) };
  for (const name of names) publisher.keep(name, { kind: 'asked', request, ...by });
}

/** Without the program that runs it. */
function asTyped(command: string, root: string): string {
  const [, front, words] = /\/(front\.cjs|cli\.js|devgen\.cjs|devgen)( .*)?$/s.exec(command) ?? [];
  if (front === undefined) return cut(command);
  return cut(`${front === 'front.cjs' ? programIn(root) : 'devgen'}${words ?? ''}`);
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
