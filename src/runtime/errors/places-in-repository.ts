import { isAbsolute, join, normalize, relative } from 'node:path';
import type { SourcePlace } from './error-row.ts';
import type { SearchedFolder } from './install-command.ts';

/** Folders of other people's code, which a reader will not mend. */
const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|\.venv|venv|\.cargo|gems)\//;

/** The places that lie in the repository, relative to its root. */
export function placesInRepository(places: readonly SourcePlace[], search: SearchedFolder): readonly SourcePlace[] {
  return places.flatMap((place) => {
    if (/^(?:node:|<)/.test(place.file)) return [];
    const file = relative(search.root, absolute(place.file, search));
    return file.startsWith('..') || isAbsolute(file) || FOREIGN.test(file) ? [] : [{ ...place, file }];
  });
}

/** Tools count from where they run; those of a workspace, from its root. */
function absolute(file: string, { folder, root, exists }: SearchedFolder): string {
  if (isAbsolute(file)) return normalize(file);
  return [join(folder, file), join(root, file)].find(exists) ?? join(folder, file);
}
