import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { readTextIfThere } from '../../platform/regular-file.ts';

/** What the doctor reads of a `package.json`. */
export interface PackageFile {
  readonly scripts: Readonly<Record<string, unknown>>;
  /** `engines.node`; empty: it does not say. */
  readonly node: string;
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
    const { scripts, engines } = record(JSON.parse(readTextIfThere(join(folder, 'package.json')) ?? ''));
    return {
      scripts: record(scripts),
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

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
