import type { Screen } from '../screen/screen.ts';

/** Prints the one document of a `--json` command: on one line, unless a person looks at it. */
export function printJson(screen: Screen, document: Readonly<Record<string, unknown>>): void {
  screen.data(JSON.stringify({ schemaVersion: 1, ...document }, null, screen.isWatched ? 2 : undefined));
}

/** Prints one of many documents, each on a line of its own. */
export function printJsonLine(screen: Screen, ...documents: readonly Readonly<Record<string, unknown>>[]): void {
  screen.data(...documents.map((document) => JSON.stringify({ schemaVersion: 1, ...document })));
}
