import { dirname, resolve } from 'node:path';
import type { ContainerPlan } from '../../../plan/plan.ts';
import { Mutex } from '../mutex.ts';

/** Of a compose project: what one service has it start must not be taken for what another one does. */
const turns = new Map<string, Mutex>();

export interface ComposeTurn<Value> {
  /** From `composeProject`. */
  readonly project: string;
  readonly action: () => Promise<Value>;
  readonly signal: AbortSignal;
  /** Given at once when the signal comes before the turn; an action that has begun is waited for. */
  readonly cancelled: Value;
}

/** Lets one action of a compose project at a time in, in the order of arrival. */
export function inComposeTurn<Value>({ project, action, signal, cancelled }: ComposeTurn<Value>): Promise<Value> {
  if (signal.aborted) return Promise.resolve(cancelled);
  const turn = turns.get(project) ?? new Mutex();
  turns.set(project, turn);
  return new Promise((settle, reject) => {
    const leave = (): void => settle(cancelled);
    signal.addEventListener('abort', leave);
    const begin = async (): Promise<Value> => {
      signal.removeEventListener('abort', leave);
      return signal.aborted ? cancelled : action();
    };
    turn.run(begin).then(settle, reject);
  });
}

/** What tells one compose project from another as far as that can be known without asking compose. */
export function composeProject(
  { files }: Pick<ContainerPlan, 'files'>,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): string {
  const [first] = files;
  return environment.COMPOSE_PROJECT_NAME ?? (first === undefined ? cwd : dirname(resolve(cwd, first)));
}
