import type { TaskPlan } from '../../plan/plan.ts';
import type { TaskNews, TaskOutput } from '../../runtime/tasks/run-task.ts';
import { tasksOnTerminal } from '../../runtime/tasks/task-graph.ts';
import { serviceColour } from '../screen/paint.ts';
import type { Screen } from '../screen/screen.ts';
import { describeTask } from '../sentences/describe-task.ts';
import { showSentence } from '../sentences/show-sentence.ts';

/** Where the words of tasks, and words about them, go. */
export interface TaskReporter {
  outputOf(task: TaskPlan): TaskOutput;
  tell(task: TaskPlan, news: TaskNews): void;
}

/** A task that runs alone has the terminal; those that run at the same time have their names before their lines. */
export function createTaskReporter(ordered: readonly TaskPlan[], screen: Screen): TaskReporter {
  const alone = tasksOnTerminal(ordered);
  const names = ordered.filter(({ run }) => run !== null).map(({ name }) => name);
  const width = Math.max(0, ...names.map((name) => name.length));
  const colourOf = ({ name }: TaskPlan) => serviceColour(names.indexOf(name));
  return {
    outputOf(task) {
      // A program that reads the answer from stdout must not find a task's words there.
      if (alone.has(task.name) && screen.answers === 'text') return { kind: 'terminal' };
      const prefix = screen.paintOut(colourOf(task), `${task.name.padEnd(width)} |`);
      return { kind: 'lines', onLine: (line) => screen.out(`${prefix} ${line}`) };
    },
    tell(task, news) {
      // What the user just typed needs no announcement.
      if (news.kind === 'running' && names.length === 1) return;
      const label = { text: `${task.name}:`, colour: colourOf(task) };
      screen.note(...showSentence(label, describeTask(news), screen.paintNote));
    },
  };
}
