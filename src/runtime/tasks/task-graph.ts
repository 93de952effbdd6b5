import type { TaskPlan } from '../../plan/plan.ts';

/** A task and everything that runs before it, each once and after what it depends on; `name` must be a task. */
export function tasksFor(tasks: readonly TaskPlan[], name: string): readonly TaskPlan[] {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const ordered = new Set<TaskPlan>();
  const add = (task: TaskPlan): void => {
    for (const dependency of task.deps) {
      const needed = byName.get(dependency);
      if (needed !== undefined && !ordered.has(needed)) add(needed);
    }
    ordered.add(task);
  };
  const last = byName.get(name);
  if (last !== undefined) add(last);
  return [...ordered];
}

/**
 * The tasks that may have the terminal for themselves: those that never run beside another one, because each of the
 * others runs before or after them.
 */
export function tasksOnTerminal(ordered: readonly TaskPlan[]): ReadonlySet<string> {
  const running = ordered.filter(({ run }) => run !== null);
  const before = new Map<string, ReadonlySet<string>>();
  for (const { name, deps } of ordered) {
    before.set(name, new Set(deps.flatMap((dependency) => [dependency, ...(before.get(dependency) ?? [])])));
  }
  const isOrdered = (one: TaskPlan, other: TaskPlan) =>
    one === other || before.get(one.name)?.has(other.name) === true || before.get(other.name)?.has(one.name) === true;
  return new Set(running.filter((task) => running.every((other) => isOrdered(task, other))).map(({ name }) => name));
}
