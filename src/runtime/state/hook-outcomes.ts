import { dictionaryOf, isoTime, object, oneOf, type ShapeOf, text } from '../../base/shape.ts';
import type { HookKind } from '../../plan/hooks-of.ts';
import { pathsOf } from './paths.ts';
import { readStateFile, removeStateFile, writeStateFile } from './state-file.ts';

const failureShape = object({ at: isoTime, problem: text });
const shape = object({ schemaVersion: oneOf(1), failures: dictionaryOf(failureShape) });

export interface HookFailure extends ShapeOf<typeof failureShape> {
  readonly hook: string;
}

/** How telling a hook went. */
export interface HookOutcome {
  readonly hook: HookKind;
  /** `null`: it was told. */
  readonly problem: string | null;
}

/** The hooks that failed the last time they were told something. */
export function readHookFailures(root: string): readonly HookFailure[] {
  const file = readStateFile(pathsOf(root).hooks, shape);
  return file.ok ? Object.entries(file.value.failures).map(([hook, failure]) => ({ hook, ...failure })) : [];
}

/** Keeps what failed, and forgets what works again. The problems must be cleaned and without secrets. */
export function noteHookOutcomes(root: string, outcomes: readonly HookOutcome[], at: string): void {
  const known = readHookFailures(root);
  const others = known.filter(({ hook }) => outcomes.every((outcome) => outcome.hook !== hook));
  const failed = outcomes.flatMap(({ hook, problem }) => (problem === null ? [] : [{ hook, problem, at }]));
  const failures = Object.fromEntries([...others, ...failed].map(({ hook, ...failure }) => [hook, failure]));
  const { hooks } = pathsOf(root);
  if (Object.keys(failures).length > 0) writeStateFile(hooks, `${JSON.stringify({ schemaVersion: 1, failures })}\n`);
  else if (known.length > 0) removeStateFile(hooks);
}
