import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { RawCommand } from '../arguments/raw-command.ts';
import type { Take } from './row.ts';

/** The command that a row makes of the raw one, or everything that is wrong with its values. */
export function parseRow<Command>(
  row: { parse(raw: RawCommand, take: Take): Command },
  raw: RawCommand,
): Result<Command, readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const command = row.parse(raw, (taken, otherwise) => {
    if (taken.ok) return taken.value;
    diagnostics.push(taken.error);
    return otherwise;
  });
  return diagnostics.length > 0 ? err(diagnostics) : ok(command);
}
