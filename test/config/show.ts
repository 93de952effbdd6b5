import type { Diagnostic } from '../../src/base/diagnostic.ts';

/** Diagnostics with everything they carry, for golden comparisons. */
export function show(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(showOne).join('\n');
}

function showOne({ code, message, hint, place }: Diagnostic): string {
  const position = place?.position;
  const at = position === undefined ? '' : `:${position.line}:${position.column}`;
  const lines = [`${place?.file ?? '-'}${at} ${code}`, `  ${message}`];
  if (position !== undefined) {
    lines.push(`  | ${position.excerpt}`, `  | ${' '.repeat(position.column - 1)}${'~'.repeat(position.length)}`);
  }
  if (hint !== undefined) lines.push(`  = ${hint}`);
  return lines.join('\n');
}
