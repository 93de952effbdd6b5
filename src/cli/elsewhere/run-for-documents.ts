import { cutLine } from '../../base/cut-line.ts';
import { isObject, readJsonText } from '../../manifest/read-json.ts';
import { LONGEST_LINE } from '../../platform/forward-lines.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { runCommand } from '../../platform/run-command.ts';

export type Document = Readonly<Record<string, unknown>>;

/** What a command printed for programs, and how it ended. */
export interface CommandAnswer {
  readonly documents: readonly Document[];
  /** The last lines of what it said to people, or why it could not be started. */
  readonly notes: readonly string[];
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

const MOST_NOTES = 10;

/** Runs a command to its end, and gives what it printed. */
export async function runForDocuments({ file, words, onStart, ...place }: OwnCommand): Promise<CommandAnswer> {
  const documents: Document[] = [];
  const notes: string[] = [];
  let begun = '';
  const { code, ended, output } = await runCommand({
    ...place,
    command: { kind: 'direct', file: process.execPath, args: [file, ...words] },
    output: 'lines',
    ...(onStart && { onStart }),
    onLine: (line) => {
      const value = readJsonText(`${begun}${line}`);
      if (isObject(value) && value.schemaVersion === 1) {
        documents.push(value);
        begun = '';
      } else if (line.length > LONGEST_LINE) begun += line;
      else notes.push(cutLine(line));
      if (notes.length > MOST_NOTES) notes.shift();
    },
  });
  return { documents, notes: ended === 'not-started' ? [output] : notes, code };
}
