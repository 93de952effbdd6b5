import { isObject, readJsonText } from '../../manifest/read-json.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { runCommand } from '../../platform/run-command.ts';

export type Document = Readonly<Record<string, unknown>>;

/** What a command printed for programs, and how it ended. */
export interface CommandAnswer {
  readonly documents: readonly Document[];
  readonly code: number | null;
}

/** A command of devgen's in a process of its own. */
export interface OwnCommand {
  /** The script that Node runs. */
  readonly file: string;
  /** With `--json` among them. */
  readonly words: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onStart?: (identity: ProcessIdentity) => void;
}

/** Runs a command to its end, and gives what it printed for programs; what is for people is left out. */
export async function runForDocuments({ file, words, onStart, ...place }: OwnCommand): Promise<CommandAnswer> {
  const documents: Document[] = [];
  const { code } = await runCommand({
    ...place,
    command: { kind: 'direct', file: process.execPath, args: [file, ...words] },
    output: 'lines',
    ...(onStart && { onStart }),
    onLine: (line) => {
      const value = readJsonText(line);
      if (isObject(value) && value.schemaVersion === 1) documents.push(value);
    },
  });
  return { documents, code };
}
