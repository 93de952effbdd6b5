import { VERSION } from '../context/version.ts';
import type { Screen } from '../screen/screen.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** Prints an unexpected error, and what to do with it. */
export function reportBug(cause: unknown, screen: Screen): ExitCode {
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  screen.note(
    stack,
    '',
    `${screen.paintNote('red', 'error:')} this is a bug in devgen ${VERSION} (Node ${process.version}, ${process.platform})`,
    '  Please report it to the maintainers of devgen, with the lines above and logs/devgen.log.',
  );
  return EXIT.internal;
}
