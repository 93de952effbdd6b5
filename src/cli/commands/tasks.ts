import type { CommandContext } from '../context/command-context.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { taskTable } from '../sentences/task-table.ts';

export interface TasksCommand {
  readonly kind: 'tasks';
}

/** Shows the tasks that there are. */
export function showTasks(_: TasksCommand, { checkout, screen }: CommandContext): ExitCode {
  const { tasks, configFile } = checkout.plan;
  if (screen.answers === 'json') printJson<'tasks'>(screen, { tasks });
  else if (tasks.length === 0) screen.note(`there are no tasks; they go under \`tasks\` in ${configFile}`);
  else screen.out(...taskTable(tasks, screen.paintOut));
  return EXIT.done;
}
