import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { taskEnvironment } from '../../plan/environment.ts';
import type { Plan, TaskPlan } from '../../plan/plan.ts';
import { ensureShift } from '../../runtime/supervisor/ports/ensure-shift.ts';
import { runGraph, type TaskEnd } from '../../runtime/tasks/run-graph.ts';
import { runTask, type TaskOutput } from '../../runtime/tasks/run-task.ts';
import { tasksFor } from '../../runtime/tasks/task-graph.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { paintPlain } from '../screen/paint.ts';
import type { WithSetup } from '../setup/set-up-first.ts';
import { exitCodeOf } from '../starting/ending-signals.ts';
import { type NeededServices, needServices } from '../starting/needed-services.ts';
import { createProgress } from '../starting/progress.ts';
import { listenBesideTerminal, type TerminalSignals } from '../starting/terminal-signals.ts';
import { portsNow } from '../status/ports-now.ts';
import { type ClosingLines, keepClosingLines } from '../tasks/closing-lines.ts';
import { executeTask } from '../tasks/execute-task.ts';
import { createTaskReporter } from '../tasks/task-reporter.ts';

export interface RunTaskCommand extends WithSetup {
  readonly kind: 'run';
  readonly task: string;
  /** Put behind the task's own command line. */
  readonly args: readonly string[];
  /** `always`: unchanged inputs are no reason to skip it. */
  readonly when: 'needed' | 'always';
}

/**
 * Runs a task after the tasks that it depends on, with the services that they need; those that it started are stopped
 * again, however it ends. The exit code is the task's own, or that of the first one that failed.
 */
export async function runTaskCommand(command: RunTaskCommand, context: CommandContext): Promise<number> {
  const { checkout, screen } = context;
  const { plan } = checkout;
  const ordered = tasksFor(plan.tasks, command.task);
  if (ordered.length === 0) return complain(screen, [unknownTask(command.task, plan, context.words.program)]);
  if (command.args.length > 0 && ordered.at(-1)?.run === null) return complain(screen, [nothingToHandTo(command)]);
  await ensureShift(checkout);
  const signals = listenBesideTerminal();
  const { ending } = signals;
  try {
    // The tasks' own words go to stdout; all that is ours to stderr.
    const needs = ordered.flatMap((task) => task.needs);
    const services = needServices(`task ${command.task}`, needs, {
      context,
      ending,
      progress: createProgress(context, 'stderr'),
    });
    const closing = keepClosingLines(screen);
    const perform = performer(ordered, { command, context, signals, services, closing });
    const ends = await runGraph(ordered, perform, signals.aborted);
    const brokenOff = ending.isRaised() ? exitCodeOf(await ending.first) : null;
    const stopped = await services.stop();
    const failed = failedFirst(ends);
    const code = brokenOff ?? failed?.code ?? stopped;
    if (screen.answers === 'json') {
      const output = closing.of(failed?.task ?? command.task);
      printJson<'run'>(screen, { task: command.task, exitCode: code, tasks: endsToJson(ends), output });
    }
    return code;
  } finally {
    ending.close();
  }
}

function failedFirst(ends: ReadonlyMap<string, TaskEnd>): { readonly task: string; readonly code: number } | undefined {
  for (const [task, end] of ends) if (end.kind === 'failed') return { task, code: end.code };
  return undefined;
}

function endsToJson(ends: ReadonlyMap<string, TaskEnd>) {
  return [...ends].map(([task, end]) => ({
    task,
    outcome: end.kind,
    exitCode: end.kind === 'failed' ? end.code : null,
  }));
}

interface Session {
  readonly command: RunTaskCommand;
  readonly context: CommandContext;
  readonly signals: TerminalSignals;
  readonly services: NeededServices;
  readonly closing: ClosingLines;
}

function performer(
  ordered: readonly TaskPlan[],
  { command, context, signals, services, closing }: Session,
): (task: TaskPlan, dependencies: 'ran' | 'skipped') => Promise<TaskEnd> {
  const reporter = createTaskReporter(ordered, context.screen);
  return (task, dependencies) => {
    const output = alsoKept(reporter.outputOf(task), (line) => closing.add(task.name, line));
    return runTask({
      root: context.checkout.root,
      task,
      args: task.name === command.task ? command.args : [],
      when: dependencies === 'ran' ? 'always' : command.when,
      environment: environmentOf(task, output, context),
      output,
      async prepare() {
        const ready = await services.ensure(task.needs);
        return ready === EXIT.done ? environmentOf(task, output, context) : null;
      },
      execute: (request) => executeTask(task, request, { context, signals, acquire: services.acquire }),
      onNews: (news) => reporter.tell(task, news),
      signal: signals.aborted,
    });
  };
}

function alsoKept(output: TaskOutput, keep: (line: string) => void): TaskOutput {
  if (output.kind === 'terminal') return output;
  const onLine = (line: string): void => {
    keep(line);
    output.onLine(line);
  };
  return { kind: 'lines', onLine };
}

function environmentOf(task: TaskPlan, output: TaskOutput, { checkout, screen }: CommandContext): CommandEnvironment {
  const { plan, root, environment: shellEnvironment } = checkout;
  const environment = taskEnvironment({ plan, root, task, ports: portsNow(checkout), shellEnvironment });
  // What goes through us to a terminal would be without colours otherwise.
  const isColoured = output.kind === 'lines' && screen.paintOut !== paintPlain;
  return isColoured ? { ...environment, exported: { FORCE_COLOR: '1', ...environment.exported } } : environment;
}

function nothingToHandTo({ task, args }: RunTaskCommand): Diagnostic {
  return {
    code: 'usage/unused-arguments',
    message: `\`${task}\` has no \`run\` of its own, so nothing takes \`${args.join(' ')}\``,
    hint: 'Hand it to one of the tasks that it depends on.',
  };
}

function unknownTask(name: string, { tasks, services, configFile }: Plan, program: string): Diagnostic {
  const code = 'usage/unknown-task';
  const message = `there is no task \`${name}\``;
  if (services.some((service) => service.name === name)) {
    return { code, message, hint: `\`${name}\` is a service: \`${program} ${name}\` starts it.` };
  }
  const names = tasks.map((task) => task.name);
  const meant = nearest(name, names);
  if (meant !== undefined) return { code, message, hint: `Did you mean \`${meant}\`?` };
  const known = names.map((each) => `\`${each}\``).join(', ');
  return { code, message, hint: names.length === 0 ? `There are none in ${configFile}.` : `The tasks are ${known}.` };
}
