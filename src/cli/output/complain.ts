import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Screen } from '../screen/screen.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Prints what the user has to mend, and gives the exit code for that. */
export function complain(screen: Screen, diagnostics: readonly Diagnostic[]): ExitCode {
  screen.note(...describeDiagnostics(diagnostics, screen.paintNote));
  return EXIT.usage;
}
