/**
 * Rows of `ConvertTo-Csv -NoTypeInformation` by column name; quotes inside a value are doubled; blank lines are
 * skipped.
 */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (header === undefined) return [];
  const columns = cells(header);
  return lines.map((line) => {
    const values = cells(line);
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  });
}

function cells(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
}
