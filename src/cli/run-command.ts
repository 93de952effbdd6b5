import type { RuntimeCommand } from './arguments/command.ts';
import type { CommandContext } from './command-context.ts';
import type { ExitCode } from './exit-code.ts';

/** The commands that work on a project. */
export type ProjectCommand = Exclude<RuntimeCommand, { readonly kind: 'help' | 'version' }>;

/** Runs one command; each is loaded only when it is asked for. */
export async function runCommand(command: ProjectCommand, context: CommandContext): Promise<ExitCode> {
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
      return (await import('./commands/status.ts')).showStatus(command, context);
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
    case 'clean':
      return (await import('./commands/clean.ts')).runClean(context);
  }
}
