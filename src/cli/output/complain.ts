import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Screen } from '../screen/screen.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printJson } from './print-json.ts';

/** Tells what the user has to mend, as the command's only answer, and gives the exit code for that. */
export function complain(screen: Screen, diagnostics: readonly Diagnostic[]): ExitCode {
  if (screen.answers === 'text') screen.note(...describeDiagnostics(diagnostics, screen.paintNote));
  else if (diagnostics.length > 0) printJson(screen, errorsToJson(diagnostics));
  return EXIT.usage;
}

/** `error` is the first one; `errors`, where there are several, all of them. Empty without any. */
export function errorsToJson(diagnostics: readonly Diagnostic[]): Readonly<Record<string, unknown>> {
  const [error, ...others] = diagnostics.map(toJson);
  if (error === undefined) return {};
  return others.length === 0 ? { error } : { error, errors: [error, ...others] };
}

function toJson({ code, message, hint, place }: Diagnostic) {
  const { file, position } = place ?? {};
  return {
    code,
    message,
    hint: hint ?? null,
    place: file === undefined ? null : { file, line: position?.line ?? null, column: position?.column ?? null },
  };
}
