import { findRow } from '../command-table.ts';
import { type Prepared, sideOf } from '../rows/row.ts';
import type { Expanded } from './expand-shorthand.ts';
import { takeApart } from './take-apart.ts';

/** The command, when the argv is plain, beyond doubt and the runtime's; `undefined`: leave it to `parseArgv`. */
export function parseQuickly(expanded: Expanded): Prepared | undefined {
  if (expanded.kind === 'unknown') return undefined;
  const row = findRow(expanded.name);
  const raw = sideOf(row) === 'runtime' ? takeApart(row, expanded.rest) : undefined;
  const prepared = raw && row.prepare(raw);
  return prepared?.ok ? prepared.value : undefined;
}
