import type { CommandName } from '../../base/commands.ts';
import type { DocumentOf } from '../documents/documents.ts';
import type { ErrorAnswer } from '../documents/error-document.ts';
import type { Answering } from '../screen/screen.ts';

/** Raised when a document is no longer what a program that reads it was told. */
export const SCHEMA_VERSION = 1;

/** Prints the one document of a `--json` command: on one line, unless a person looks at it. */
export function printJson<Command extends CommandName = never>(
  screen: Answering,
  document: NoInfer<DocumentOf<Command>>,
): void {
  screen.document({ schemaVersion: SCHEMA_VERSION, ...document });
}

/** Prints what a command has to say that has no other answer. */
export function printError(screen: Answering, document: ErrorAnswer): void {
  screen.document({ schemaVersion: SCHEMA_VERSION, ...document });
}

/** Prints one of many documents, each on a line of its own. */
export function printJsonLine<Command extends CommandName = never>(
  screen: Answering,
  ...documents: readonly NoInfer<DocumentOf<Command>>[]
): void {
  screen.data(...documents.map((document) => ({ schemaVersion: SCHEMA_VERSION, ...document })));
}
