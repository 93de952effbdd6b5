import { VERSION } from '../context/version.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import type { Screen } from '../screen/screen.ts';

export interface VersionCommand {
  readonly kind: 'version';
}

export function showVersion(screen: Screen): ExitCode {
  if (screen.answers === 'json') printJson<'version'>(screen, { version: VERSION });
  else screen.out(VERSION);
  return EXIT.done;
}
