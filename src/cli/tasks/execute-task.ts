import type { TaskPlan } from '../../plan/plan.ts';
import { type CommandOutcome, type CommandRequest, runCommand } from '../../platform/run-command.ts';
import { type CommandGuard, runGuarded } from '../../runtime/process/run-guarded.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { TerminalSignals } from '../starting/terminal-signals.ts';
import { openTaskLog } from './task-log.ts';

export interface TaskExecution {
  readonly context: CommandContext;
  readonly signals: TerminalSignals;
  readonly acquire: CommandGuard['acquire'];
}

/**
 * Runs the command of a task to its end, as one that does not outlive us. What has our streams for itself shares Ctrl+C
 * with us; what gives us its lines has them kept in its log, too.
 */
export async function executeTask(
  { name, run }: TaskPlan,
  request: CommandRequest,
  { context, signals, acquire }: TaskExecution,
): Promise<CommandOutcome> {
  const { root, plan } = context.checkout;
  const { onLine } = request;
  const path = pathsOf(root).taskLog(name);
  const isTaken = plan.services.some((service) => pathsOf(root).log(service.name) === path);
  const log = onLine === undefined ? undefined : openTaskLog(isTaken ? null : path, plan.logs);
  const perform = (guarded: CommandRequest): Promise<CommandOutcome> =>
    log === undefined ? signals.besideTerminal(() => runCommand(guarded)) : runCommand(guarded);
  const tell = (line: string): void => {
    log?.add(line);
    onLine?.(line);
  };
  try {
    const logged = log === undefined ? request : { ...request, onLine: tell };
    const task = { kind: 'task', name, command: run ?? '', request: logged, perform } as const;
    return await runGuarded(task, { root, acquire });
  } finally {
    log?.close();
  }
}
