import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { joinUrl } from './join-url.ts';
import type { Route } from './route.ts';

/** Where a framework's routes are files: the folder, and what of the rest is the path. */
const LAYOUTS: readonly { readonly folder: string; readonly pattern: RegExp; readonly prefix: string }[] = [
  { folder: 'app', pattern: /^(.*?)\/?route\.[jt]s$/, prefix: '' },
  { folder: 'src/app', pattern: /^(.*?)\/?route\.[jt]s$/, prefix: '' },
  { folder: 'pages/api', pattern: /^(.*?)(?:\/index)?\.[jt]sx?$/, prefix: '/api' },
  { folder: 'src/pages/api', pattern: /^(.*?)(?:\/index)?\.[jt]sx?$/, prefix: '/api' },
  { folder: 'server/api', pattern: /^(.*?)(?:\/index)?(?:\.get)?\.[jt]s$/, prefix: '/api' },
  { folder: 'server/routes', pattern: /^(.*?)(?:\/index)?(?:\.get)?\.[jt]s$/, prefix: '' },
  { folder: 'src/routes', pattern: /^(.*?)\/?\+server\.[jt]s$/, prefix: '' },
  { folder: 'app/routes', pattern: /^(.*?)\.[jt]sx?$/, prefix: '' },
];

/** The endpoints of a framework whose routes are files (Next, Nuxt, SvelteKit, Astro, Remix) in this directory. */
export function fileRoutes(repository: Repository, directory: string): readonly Route[] {
  return LAYOUTS.flatMap(({ folder, pattern, prefix }) => {
    const base = joinPath(directory, folder);
    return repository.filesBelow(base).flatMap((file) => {
      const match = pattern.exec(file.slice(base.length + 1));
      if (match === null) return [];
      const isDotted = folder === 'app/routes';
      const path = (match[1] ?? '')
        .replace(isDotted ? /\+?[./]/g : /$^/, '/')
        .split('/')
        .filter((part) => !/^\(.*\)$/.test(part) && part !== '')
        .join('/');
      return [{ path: joinUrl(prefix, path), file, line: null }];
    });
  });
}
