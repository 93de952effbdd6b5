import { readPackageJson } from '../manifests/package-json.ts';
import { isAside } from '../repository/aside.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

const TAURI_CONFIGS = ['tauri.conf.json', 'tauri.conf.json5', 'Tauri.toml'];
const VITE_CONFIGS = ['ts', 'js', 'mts', 'mjs'].map((extension) => `vite.config.${extension}`);

/**
 * Whether what a directory's dev server serves is no application of its own: the window of a desktop app, whose own
 * tools start it together with its server, or a library that Vite builds for others.
 */
export function isNoApplication(repository: Repository, directory: string): boolean {
  return isDesktopWindow(repository, directory) || isViteLibrary(repository, directory);
}

/** Whether a directory holds the pages of an Electron or Tauri app; says so in a note. */
export function isDesktopWindow(repository: Repository, directory: string): boolean {
  const starter = desktopStarter(repository, directory);
  const place = directory === '.' ? 'the root' : `\`${directory}\``;
  if (starter !== undefined) repository.note(`${place} is the window of ${starter}: it was left out.`);
  return starter !== undefined;
}

function desktopStarter(repository: Repository, directory: string): string | undefined {
  if (TAURI_CONFIGS.some((name) => repository.has(joinPath(directory, 'src-tauri', name))))
    return 'a Tauri app, which `tauri dev` starts';
  const isElectron = readPackageJson(repository, directory)?.dependencies.has('electron') === true;
  return isElectron ? 'an Electron app, which its own scripts start' : undefined;
}

/** Its dev server serves nothing, or a folder that demonstrates it. */
function isViteLibrary(repository: Repository, directory: string): boolean {
  if (readPackageJson(repository, directory)?.isPublished !== true) return false;
  const text = VITE_CONFIGS.map((name) => repository.text(joinPath(directory, name)) ?? '').join('\n');
  const served = /\broot\s*:[^,\n]{0,100}["'`](?:\.\/)?([\w/-]+)["'`]/.exec(text)?.[1];
  return /\blib\s*:\s*\{/.test(text) || (served !== undefined && isAside(served));
}
