import type { Diagnostic, Position } from '../../base/diagnostic.ts';
import type { Paint } from '../screen/paint.ts';
import { textWidth } from '../screen/text-width.ts';

/** All mistakes with their places, excerpts and hints; their number last when there are several. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint): readonly string[] {
  const lines = diagnostics.flatMap((diagnostic, index) => [
    ...(index > 0 && hasExcerpt(diagnostics) ? [''] : []),
    ...describeDiagnostic(diagnostic, paint),
  ]);
  if (diagnostics.length < 2) return lines;
  return [...lines, ...(hasExcerpt(diagnostics) ? [''] : []), `${diagnostics.length} errors`];
}

/** What is doubtful but stops nothing. */
export function describeWarnings(diagnostics: readonly Diagnostic[], paint: Paint): readonly string[] {
  return diagnostics.flatMap((diagnostic) => describeDiagnostic(diagnostic, paint, paint('yellow', 'warning:')));
}

function describeDiagnostic(
  { message, hint, place }: Diagnostic,
  paint: Paint,
  label = paint('red', 'error:'),
): readonly string[] {
  const position = place?.position;
  const excerpt = position === undefined ? [] : describeExcerpt(position, paint);
  const where =
    place === undefined
      ? []
      : [`  at ${[place.file, position?.line, position?.column].filter((part) => part !== undefined).join(':')}`];
  return [
    `${label} ${paint('bold', message)}`,
    ...where,
    ...excerpt,
    ...(hint === undefined ? [] : [`  ${paint('cyan', 'hint:')} ${hint}`]),
  ];
}

function describeExcerpt({ line, column, length, excerpt }: Position, paint: Paint): readonly string[] {
  const number = String(line);
  const margin = ' '.repeat(number.length);
  // Tabs stay tabs, so that the squiggle stands below what it means however wide they are shown.
  const indent = excerpt.slice(0, column - 1).replace(/[^\t]+/g, (text) => ' '.repeat(textWidth(text)));
  // It may go on beyond the line.
  const meant = excerpt.slice(column - 1, column - 1 + length);
  const width = Math.max(1, length - meant.length + textWidth(meant));
  return [
    `  ${paint('dim', `${number} |`)} ${excerpt}`,
    `  ${paint('dim', `${margin} |`)} ${indent}${paint('red', '~'.repeat(width))}`,
  ];
}

function hasExcerpt(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ place }) => place?.position !== undefined);
}
