import type { Answering } from '../screen/screen.ts';

/** Prints the one document of a `--json` command: on one line, unless a person looks at it. */
export function printJson(screen: Answering, document: Readonly<Record<string, unknown>>): void {
  screen.document({ schemaVersion: 1, ...document });
}

/** Prints one of many documents, each on a line of its own. */
export function printJsonLine(screen: Answering, ...documents: readonly Readonly<Record<string, unknown>>[]): void {
  screen.data(...documents.map((document) => ({ schemaVersion: 1, ...document })));
}
