import type { Screen } from '../screen/screen.ts';

/** Prints the one document of a `--json` command. */
export function printJson(screen: Screen, document: Readonly<Record<string, unknown>>): void {
  screen.out(JSON.stringify({ schemaVersion: 1, ...document }, null, 2));
}
