import type { PlannedHook } from '../../plan/hooks-of.ts';
import type { HookFailure, HookOutcome } from '../../runtime/state/hook-outcomes.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import { describeHookFailure } from './describe-hook-failure.ts';

interface HookStyle {
  readonly paint: Paint;
  /** Epoch ms. */
  readonly now: number;
}

/** A line a hook: what it is, and how telling it went the last time if that failed. */
export function hookTable(
  hooks: readonly PlannedHook[],
  failures: readonly HookFailure[],
  { paint, now }: HookStyle,
): readonly string[] {
  return lineUp(
    hooks.map(({ hook, target }) => {
      const failure = failures.find((each) => each.hook === hook);
      return [hook, target, failure === undefined ? '' : paint('red', describeHookFailure(failure, now))];
    }),
  );
}

export function outcomeTable(outcomes: readonly HookOutcome[], paint: Paint): readonly string[] {
  return lineUp(
    outcomes.map(({ hook, problem }) => [hook, problem === null ? paint('green', 'told') : paint('red', problem)]),
  );
}
