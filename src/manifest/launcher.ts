import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../platform/error-code.ts';
import { readRegularText } from '../platform/regular-file.ts';

/** What the launcher is called where the config has no other name for it. */
export const USUAL_LAUNCHER = 'dev';

/**
 * Names of other files and folders that are generated or written, on file systems that fold case too; and programs
 * that Windows would not find any more: from the root of the project it runs `npm.cmd` there before the real one.
 */
const TAKEN = ['makefile', 'gnumakefile', 'logs', 'scripts', 'deploy', 'devgen', 'node', 'npm', 'npx', 'git', 'make'];

/** The shape that the name must have; no longer than the name of a service. */
export const LAUNCHER_PATTERN = new RegExp(`^(?!(?:${TAKEN.join('|')})$)[a-z][a-z0-9-]{0,62}$`);

/** The launcher for Windows lies beside the other one, calls the runtime by this path, and has this ending. */
const FOR_WINDOWS = '.cmd';
const CALLED_THERE = '.devgen\\runtime\\front.cjs';

/**
 * How the user calls the runtime of this project: `./dev`, or by the name that the launcher has. The folder is asked
 * for it, because that is what can be called, whatever the config says by now.
 */
export function programIn(root: string): string {
  const found = namesIn(root).find((name) => {
    return name.endsWith(FOR_WINDOWS) && isLauncherPath(name) && textOf(join(root, name)).includes(CALLED_THERE);
  });
  return `./${found === undefined ? USUAL_LAUNCHER : withoutEnding(found)}`;
}

/** Where the launcher of this name lies: for a shell, and for Windows. */
export function launcherPaths(name: string): readonly [string, string] {
  return [name, `${name}${FOR_WINDOWS}`];
}

/** Whether a launcher may lie there, on one system or the other. */
export function isLauncherPath(path: string): boolean {
  return LAUNCHER_PATTERN.test(withoutEnding(path));
}

function withoutEnding(path: string): string {
  return path.endsWith(FOR_WINDOWS) ? path.slice(0, -FOR_WINDOWS.length) : path;
}

/** None where the folder cannot be read: that is not what the user wants to know here. */
function namesIn(root: string): readonly string[] {
  try {
    return readdirSync(root);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readRegularText(file);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return '';
  }
}
