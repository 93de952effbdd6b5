import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Screen } from '../screen/screen.ts';
import { VERSION } from '../version.ts';

export function showVersion(screen: Screen): ExitCode {
  screen.out(VERSION);
  return EXIT.done;
}
