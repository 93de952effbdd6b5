import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { LAUNCHER_PATTERN, launcherPaths, programIn } from '../../manifest/launcher.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import type { Screen } from '../screen/screen.ts';
import { openPrompts } from './prompts.ts';

/** What is proposed where the usual name is taken; the first one that is free. */
const OTHER_NAMES = ['devctl', 'dev-servers', 'devgen-run'];

/**
 * What the launcher is to be called here: as it is, or would be, unless something of the user's has that name. Then
 * another one is asked for (`screen`: taken, and said); `undefined`: the user broke off.
 */
export async function chooseLauncher(root: string, unasked: Screen | null): Promise<string | undefined> {
  const usual = programIn(root).slice('./'.length);
  const isFree = freeIn(root);
  if (isFree(usual)) return usual;
  const other = OTHER_NAMES.find(isFree) ?? usual;
  if (unasked !== null) {
    unasked.note(`note: \`${usual}\` is yours here, so the launcher is called \`./${other}\``);
    return other;
  }
  return (await openPrompts()).write({
    message: `\`${usual}\` is yours here. What shall the launcher be called instead?`,
    initial: other,
    complain: (text) => {
      if (!LAUNCHER_PATTERN.test(text)) return 'Small letters, digits and hyphens; a letter first; no other program.';
      return isFree(text) ? undefined : `\`${text}\` is there already.`;
    },
  });
}

/** Whether a launcher can be called so: nothing has its names, or what devgen wrote. */
function freeIn(root: string): (name: string) => boolean {
  const stored = readManifest(root);
  const ours = stored.ok ? stored.value.manifest.files.map(({ path }) => path) : [];
  const isTaken = (path: string) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
  return (name) => launcherPaths(name).every((path) => ours.includes(path) || !isTaken(path));
}
