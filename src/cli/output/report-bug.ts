import { VERSION } from '../context/version.ts';
import type { Screen } from '../screen/screen.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { printError } from './print-json.ts';

const REPORT = 'Please report it to the maintainers of devgen, with the lines above and logs/devgen.log.';

/** Prints an unexpected error, and what to do with it. */
export function reportBug(cause: unknown, screen: Screen): ExitCode {
  if (screen.answers === 'json')
    printError(screen, { error: { code: 'internal', message: String(cause), hint: REPORT, place: null } });
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const where = `devgen ${VERSION} (Node ${process.version}, ${process.platform})`;
  screen.note(stack, '', `${screen.paintNote('red', 'error:')} this is a bug in ${where}`, `  ${REPORT}`);
  return EXIT.internal;
}
