import { checkFiles } from '../../manifest/check-files.ts';
import type { RootContext } from '../context/root-context.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { describeCheck } from '../sentences/describe-check.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';

export interface CheckCommand {
  readonly kind: 'check';
}

/** Fails when a generated file is not what devgen wrote. Needs neither the config nor the generator. */
export function runCheck({ root, screen }: RootContext): ExitCode {
  const files = checkFiles(root);
  if (!files.ok) {
    screen.note(...describeDiagnostics(files.error, screen.paintNote));
    return EXIT.failed;
  }
  screen.out(...describeCheck(files.value));
  return files.value.every(({ state }) => state === 'as-written') ? EXIT.done : EXIT.failed;
}
