import { EXPORT_FORMATS, type ExportFormat } from '../../generate/export/export-format.ts';
import type { ExportedFile, Exporter } from '../../generate/export/exporter.ts';
import { type Note, noteLine } from '../../generate/export/notes.ts';
import { lineUp } from '../screen/columns.ts';

/** Which systems there are, and where the files of each go. */
export function describeFormats(exporters: Readonly<Record<ExportFormat, Exporter>>): readonly string[] {
  const rows = EXPORT_FORMATS.map((name) => [name, exporters[name].place, exporters[name].summary]);
  return [...lineUp(rows), '', '`devgen export FORMAT` prints the files, `--write` writes them.'];
}

/** One file as it is; of several each below its path, as head(1) shows them. */
export function describeFiles(files: readonly ExportedFile[]): readonly string[] {
  const texts = files.map(({ path, text }) => ({ path, text: text.replace(/\n$/, '') }));
  if (texts.length === 1) return texts.map(({ text }) => text);
  return texts.flatMap(({ path, text }, index) => [...(index === 0 ? [] : ['']), `==> ${path} <==`, text]);
}

export function describeNotes(notes: readonly Note[]): readonly string[] {
  return notes.map((note) => `note: ${noteLine(note)}`);
}
