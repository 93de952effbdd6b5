import { readPackageJson } from '../manifests/package-json.ts';
import { asText, at, loadJson } from '../repository/load-data.ts';
import { baseName, joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';

const EXTENSIONS = ['', '.js', '.ts', '.mjs', '.cjs', '.mts', '.tsx', '/index.js', '/index.ts', '/main.ts'];
const SOURCE_EXTENSIONS = ['.ts', '.mts', '.js', '.mjs', '.tsx', '/index.ts', '/index.js'];

/** The repository's file behind a word of a command, endings left out as Node allows; `null` when there is none. */
export function fileEntry(place: RepositoryPlace, word: string): string | null {
  if (word === '' || word.includes('$')) return null;
  const found = EXTENSIONS.map((extension) => joinPath(place.directory, word + extension)).find(place.repository.has);
  return found ?? sourceOfBuilt(place, word);
}

/** `dist/server.js` is not there before the first build: the source it is made from is. */
function sourceOfBuilt({ repository, directory }: RepositoryPlace, word: string): string | null {
  const stem = /^(?:\.\/)?(?:dist|build|lib|out|\.next|output)\/(.+?)(?:\.[cm]?js)?$/.exec(word)?.[1];
  if (stem === undefined) return null;
  const sources = [`src/${stem}`, stem, `src/${baseName(stem)}`].flatMap((source) =>
    SOURCE_EXTENSIONS.map((extension) => joinPath(directory, source + extension)),
  );
  return sources.find(repository.has) ?? null;
}

/**
 * What `nodemon`, `node .` and `tsx .` run when no file is named: nodemon's own setting, the package's `main`, its
 * index file.
 * Source: nodemon's documentation, "Running non-node scripts" and "Config files".
 */
export function packageEntry(place: RepositoryPlace): string | null {
  const { repository, directory } = place;
  const settings = loadJson(repository, joinPath(directory, 'nodemon.json'));
  const manifest = readPackageJson(repository, directory);
  const exec = asText(at(settings, 'exec')) ?? asText(at(manifest?.nodemon, 'exec'));
  const named = [
    asText(at(settings, 'script')),
    asText(at(manifest?.nodemon, 'script')),
    ...(exec?.split(/\s+/).slice(1) ?? []),
    manifest?.main,
    'index',
    'server',
    'app',
  ];
  return named.flatMap((word) => (word === undefined ? [] : (fileEntry(place, word) ?? [])))[0] ?? null;
}

/** A file that is not in the repository (built, or misspelt): kept so that two processes stay two. */
export function unresolvedEntry(directory: string, word: string | undefined): string | null {
  return word === undefined || !/[./]/.test(word) ? null : joinPath(directory, word);
}
