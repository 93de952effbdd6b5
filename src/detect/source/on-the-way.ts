/** A program's files, the entry first, and what each of them imports. */
export interface FileGraph {
  readonly files: readonly string[];
  importsOf(file: string): readonly string[];
}

/** Those of a program's files that are sought or lead to such a file through imports, in the order of the program. */
export function onTheWay({ files, importsOf }: FileGraph, isSought: (file: string) => boolean): readonly string[] {
  const importers = new Map<string, string[]>();
  for (const file of files)
    for (const imported of importsOf(file)) {
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [file]);
      else known.push(file);
    }
  const found = new Set(files.filter(isSought));
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return files.filter((file) => found.has(file));
}
