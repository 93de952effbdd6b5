import type { GeneratorCommand } from './arguments/generator-command.ts';
import type { GeneratorContext } from './context/generator-context.ts';
import type { ExitCode } from './output/exit-code.ts';

/** Runs one command of the generator; each is loaded only when it is asked for. */
export async function runGenerator(command: GeneratorCommand, context: GeneratorContext): Promise<ExitCode> {
  switch (command.kind) {
    case 'init':
      return (await import('./generator/commands/init.ts')).runInit(command, context);
    case 'generate':
    case 'upgrade':
      return (await import('./generator/commands/generate.ts')).runGenerate(command, context);
    case 'uninstall':
      return (await import('./generator/commands/uninstall.ts')).runUninstall(command, context);
    case 'eject':
      return (await import('./generator/commands/eject.ts')).runEject(command, context);
    case 'restore':
      return (await import('./generator/commands/restore.ts')).runRestore(command, context);
    case 'detect':
      return (await import('./generator/commands/detect.ts')).runDetect(command, context);
  }
}
