import type { ResolvedCommand } from './resolved-command.ts';

/**
 * The command with its priority on the processor lowered by `nice`, for itself and all that it starts. The program that
 * does it becomes the command: the process is the same. On Windows, which has no such program, the command as it is.
 * Source: POSIX.1-2024, nice
 */
export function nicedCommand(command: ResolvedCommand, nice: number): ResolvedCommand {
  if (nice === 0 || process.platform === 'win32') return command;
  const words = command.kind === 'shell' ? ['/bin/sh', '-c', command.text] : [command.file, ...command.args];
  return { kind: 'direct', file: 'nice', args: ['-n', String(nice), '--', ...words] };
}
