import type { Diagnostic } from '../../base/diagnostic.ts';
import type { ErrorAnswer } from '../documents/error-document.ts';
import type { Screen } from '../screen/screen.ts';
import { describeDiagnostics } from '../sentences/describe-diagnostics.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printError } from './print-json.ts';

/** Tells what the user has to mend, as the command's only answer, and gives the exit code for that. */
export function complain(screen: Screen, diagnostics: readonly Diagnostic[]): ExitCode {
  if (screen.answers === 'text') screen.note(...describeDiagnostics(diagnostics, screen.paintNote));
  else if (isSome(diagnostics)) printError(screen, errorsToJson(diagnostics));
  return EXIT.usage;
}

type Some<Item> = readonly [Item, ...(readonly Item[])];

export function isSome<Item>(items: readonly Item[]): items is Some<Item> {
  return items.length > 0;
}

/** `error` is the first one; `errors`, where there are several, all of them. */
export function errorsToJson([first, ...others]: Some<Diagnostic>): ErrorAnswer {
  const error = toJson(first);
  return others.length === 0 ? { error } : { error, errors: [error, ...others.map(toJson)] };
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
