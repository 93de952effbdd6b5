import { readPackageJson } from '../manifests/package-json.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

const TAURI_CONFIGS = ['tauri.conf.json', 'tauri.conf.json5', 'Tauri.toml'];
const VITE_CONFIGS = ['ts', 'js', 'mts', 'mjs'].map((extension) => `vite.config.${extension}`);

/**
 * Whether what a directory's dev server serves is no application of its own: the window of a Tauri app, which
 * `tauri dev` starts together with its server, or a library that Vite builds for others.
 */
export function isNoApplication(repository: Repository, directory: string): boolean {
  return isTauriWindow(repository, directory) || isViteLibrary(repository, directory);
}

function isTauriWindow(repository: Repository, directory: string): boolean {
  const found = TAURI_CONFIGS.some((name) => repository.has(joinPath(directory, 'src-tauri', name)));
  const place = directory === '.' ? 'the root' : `\`${directory}\``;
  if (found) repository.note(`${place} is the window of a Tauri app, which \`tauri dev\` starts: it was left out.`);
  return found;
}

function isViteLibrary(repository: Repository, directory: string): boolean {
  if (readPackageJson(repository, directory)?.isPublished !== true) return false;
  return VITE_CONFIGS.some((name) => /\blib\s*:\s*\{/.test(repository.text(joinPath(directory, name)) ?? ''));
}
