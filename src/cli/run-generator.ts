import type { GeneratorCommand } from './arguments/command.ts';
import type { ExitCode } from './exit-code.ts';
import type { GeneratorContext } from './generator-context.ts';

/** Runs one command of the generator; each is loaded only when it is asked for. */
export async function runGenerator(command: GeneratorCommand, context: GeneratorContext): Promise<ExitCode> {
  switch (command.kind) {
    case 'init':
      return (await import('./commands/init.ts')).runInit(command, context);
    case 'generate':
      return (await import('./commands/generate.ts')).runGenerate(command, context);
    case 'check':
      return (await import('./commands/generate.ts')).runGenerate(
        { kind: 'generate', edited: 'kept', writing: 'checked' },
        context,
      );
    case 'detect':
      return (await import('./commands/detect.ts')).runDetect(command, context);
  }
}
