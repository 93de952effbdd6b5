import { existsSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegularText } from '../../platform/regular-file.ts';

/** What the doctor reads of a `package.json`. */
export interface PackageFile {
  readonly scripts: Readonly<Record<string, unknown>>;
  readonly hasDependencies: boolean;
  /** `engines.node`; empty: it does not say. */
  readonly node: string;
}

/** In the order that counts when there are several. */
const LOCK_FILES: Readonly<Record<string, string>> = {
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'package-lock.json': 'npm',
};

/** `undefined`: there is no such file, or none that we may read. */
export function readText(file: string): string | undefined {
  try {
    return readRegularText(file);
  } catch {
    return undefined; // What cannot be read is not judged.
  }
}

/** `undefined`: there is nothing, or nothing that we may look at. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined; // What cannot be seen counts as missing.
  }
}

/** `undefined`: there is none in this folder, or it makes no sense. */
export function readPackage(folder: string): PackageFile | undefined {
  try {
    const { scripts, engines, dependencies, devDependencies } = record(
      JSON.parse(readText(join(folder, 'package.json')) ?? ''),
    );
    return {
      scripts: record(scripts),
      hasDependencies: Object.keys({ ...record(dependencies), ...record(devDependencies) }).length > 0,
      node: String(record(engines).node ?? ''),
    };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

/** The script of `package.json` that a command line calls; `null`: none, or none that could be named. */
export function scriptCalled(command: string): string | null {
  const call = /^(?:(?:npm|pnpm|bun)\s+run|yarn(?:\s+run)?|npm(?=\s+start)|pnpm(?=\s+(?:start|dev)\b))\s+(\w[\w:.-]*)/;
  return call.exec(command)?.[1] ?? null;
}

/** The folder itself and those above it, up to `root`. */
export function upwards(folder: string, root: string): readonly string[] {
  return folder.length <= root.length ? [folder] : [folder, ...upwards(dirname(folder), root)];
}

/** What installs the packages of a folder, by the lock file in it or above, and where to say it. */
export function installCommand(folder: string, root: string): { readonly folder: string; readonly command: string } {
  for (const above of upwards(folder, root)) {
    const lockFile = Object.keys(LOCK_FILES).find((name) => existsSync(join(above, name)));
    if (lockFile !== undefined) return { folder: above, command: `${LOCK_FILES[lockFile]} install` };
  }
  return { folder, command: 'npm install' };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
