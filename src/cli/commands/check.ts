import { checkFiles } from '../../manifest/check-files.ts';
import type { RootContext } from '../context/root-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describeCheck } from '../sentences/describe-check.ts';

export interface CheckCommand {
  readonly kind: 'check';
}

/** Fails when a generated file is not what devgen wrote. Needs neither the config nor the generator. */
export function runCheck({ root, screen }: RootContext): ExitCode {
  const files = checkFiles(root);
  if (!files.ok) {
    complain(screen, files.error);
    return EXIT.failed;
  }
  const isAsWritten = files.value.every(({ state }) => state === 'as-written');
  if (screen.answers === 'json') printJson<'check'>(screen, { ok: isAsWritten, files: files.value });
  else screen.out(...describeCheck(files.value));
  return isAsWritten ? EXIT.done : EXIT.failed;
}
