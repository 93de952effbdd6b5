import { join } from 'node:path';
import type { CompletedShell } from '../../generate/emit/completed-shells.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { readRegularText } from '../../platform/regular-file.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';

export interface CompletionCommand {
  readonly kind: 'completion';
  readonly shell: CompletedShell;
}

/** Prints the generated script that completes `./dev`; a shell that has read it completes in every project. */
export function showCompletion({ shell }: CompletionCommand, { checkout, screen }: CommandContext): ExitCode {
  const file = `.devgen/completion/dev.${shell}`;
  const script = readText(join(checkout.root, file));
  if (script !== undefined) {
    if (screen.answers === 'json') printJson<'completion'>(screen.unmasked, { shell, script });
    else screen.unmasked.out(script.trimEnd());
    return EXIT.done;
  }
  complain(screen, [
    {
      code: 'runtime/no-completion',
      message: `there is no \`${file}\` in this project`,
      hint: '`npx devgen generate` writes it, unless `emit.completion` is `false`.',
    },
  ]);
  return EXIT.failed;
}

function readText(file: string): string | undefined {
  try {
    return readRegularText(file);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR']);
    return undefined;
  }
}
