import type { RuntimeCommand } from './arguments/command.ts';
import type { CommandContext } from './context/command-context.ts';

/** The commands that work on a project. */
export type ProjectCommand = Exclude<RuntimeCommand, { readonly kind: 'check' | 'doctor' | 'help' | 'ps' | 'version' }>;

/** Runs one command, each loaded only when it is asked for, and gives its exit code: a task's may be any. */
export async function runCommand(command: ProjectCommand, context: CommandContext): Promise<number> {
  switch (command.kind) {
    case 'up':
      return (await import('./commands/up.ts')).runUp(command, context);
    case 'start':
    case 'restart':
      return (await import('./run-start.ts')).runStart(command, context);
    case 'stop':
    case 'kill':
      return (await import('./commands/stop.ts')).runStop(command, context);
    case 'status':
      return (await import('./commands/status-report.ts')).showReport(command, context);
    case 'health':
      return (await import('./commands/health.ts')).showHealth(command, context);
    case 'logs':
      return (await import('./commands/logs.ts')).showLogs(command, context);
    case 'wait':
      return (await import('./commands/wait.ts')).runWait(command, context);
    case 'env':
      return (await import('./commands/env.ts')).showEnvironment(command, context);
    case 'url':
      return (await import('./commands/url.ts')).showUrl(command, context);
    case 'open':
      return (await import('./commands/url.ts')).openUrl(command, context);
    case 'port':
      return (await import('./commands/port.ts')).showPort(command, context);
    case 'kill-port':
      return (await import('./commands/kill-port.ts')).killPort(command, context);
    case 'foreground':
      return (await import('./commands/foreground.ts')).runForeground(command, context);
    case 'run':
      return (await import('./commands/run-task.ts')).runTaskCommand(command, context);
    case 'tasks':
      return (await import('./commands/tasks.ts')).showTasks(command.format, context);
    case 'config':
      return (await import('./commands/config.ts')).runConfig(command, context);
    case 'completion':
      return (await import('./commands/completion.ts')).showCompletion(command.shell, context);
    case 'clean':
      return (await import('./commands/clean.ts')).runClean(command, context);
    case 'nuke':
      return (await import('./commands/nuke.ts')).runNuke(command, context);
  }
}
