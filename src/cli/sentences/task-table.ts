import type { TaskPlan } from '../../plan/plan.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';

/** One line a task: what it is for, or else what it runs, and what it needs. */
export function taskTable(tasks: readonly TaskPlan[], paint: Paint): readonly string[] {
  return lineUp(tasks.map((task) => [paint('bold', task.name), purposeOf(task), paint('dim', needsOf(task))]));
}

function purposeOf({ description, run }: TaskPlan): string {
  if (description !== '') return description;
  return run === null ? '' : `\`${run.trim().split('\n')[0]}\``;
}

function needsOf({ deps, needs }: TaskPlan): string {
  const parts = [
    ...(deps.length === 0 ? [] : [`after ${deps.join(', ')}`]),
    ...(needs.length === 0 ? [] : [`with ${needs.join(', ')}`]),
  ];
  return parts.join('; ');
}
