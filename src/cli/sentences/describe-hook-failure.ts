import { formatDuration } from '../../base/duration.ts';
import type { HookFailure } from '../../runtime/state/hook-outcomes.ts';

/** `failed 4m 2s ago: answered 500`. */
export function describeHookFailure({ at, problem }: HookFailure, now: number): string {
  return `failed ${formatDuration(Math.max(0, now - Date.parse(at)))} ago: ${problem}`;
}

/** A line for each hook that failed, below the services. */
export function describeHookFailures(failures: readonly HookFailure[], now: number): readonly string[] {
  return failures.map((failure) => `hook \`${failure.hook}\` ${describeHookFailure(failure, now)}`);
}
