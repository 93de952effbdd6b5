import type { TaskPlan } from '../../plan/plan.ts';

/** What became of one task. `code`: 0, or 128 + n when a signal ended it; any other is its own. */
export type TaskEnd =
  | { readonly kind: 'done' | 'skipped' }
  | { readonly kind: 'failed'; readonly code: number }
  /** Something that it depends on failed, or the whole was broken off before its turn. */
  | { readonly kind: 'not-begun' };

/**
 * Runs tasks, each as soon as all that it depends on are done, so that independent ones run at the same time.
 * `dependencies` tells whether one of them was not skipped. After a failure or an abort nothing new begins; what runs
 * goes on to its end. `ordered`: each task after its `deps`.
 */
export async function runGraph(
  ordered: readonly TaskPlan[],
  perform: (task: TaskPlan, dependencies: 'ran' | 'skipped') => Promise<TaskEnd>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TaskEnd>> {
  const ends = new Map<string, Promise<TaskEnd>>();
  let hasFailed = false;
  const run = async (task: TaskPlan): Promise<TaskEnd> => {
    const before = await Promise.all(task.deps.map((dependency) => ends.get(dependency)));
    if (hasFailed || signal.aborted) return { kind: 'not-begun' };
    const end = await perform(task, before.some((each) => each?.kind === 'done') ? 'ran' : 'skipped');
    if (end.kind === 'failed') hasFailed = true;
    return end;
  };
  for (const task of ordered) ends.set(task.name, run(task));
  const names = [...ends.keys()];
  const settled = await Promise.all(ends.values());
  return new Map(settled.map((end, index) => [names[index] ?? '', end]));
}
