import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DetectedService, type Detection, detectServices } from '../../src/detect/detect.ts';

/** A repository of the test's own making: path → content. Objects are written as JSON. */
export type Files = Readonly<Record<string, string | Buffer | object>>;

/** Writes the files into a temporary folder that is removed when the test ends, and returns the folder. */
export function repositoryOf(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'devgen-detect-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(root, path), isText ? content : JSON.stringify(content, null, 2));
  }
  return root;
}

/** What is detected in a repository of these files. */
export function detectIn(files: Files): Promise<Detection> {
  return detectServices(repositoryOf(files));
}

/** The only service detected; fails when there are none or several. */
export async function onlyServiceIn(files: Files): Promise<DetectedService> {
  const { services } = await detectIn(files);
  const [service] = services;
  if (service === undefined || services.length > 1) {
    throw new Error(
      `expected one service, found: ${services.map(({ name, command }) => `${name} (${command})`).join(', ')}`,
    );
  }
  return service;
}

/** A package.json with these dependencies (`name` or `name@range`) and scripts. */
export function packageJson(
  dependencies: readonly string[],
  scripts: Readonly<Record<string, string>> = {},
  more: object = {},
): object {
  return { private: true, scripts, dependencies: Object.fromEntries(dependencies.map(splitVersion)), ...more };
}

function splitVersion(text: string): readonly [string, string] {
  const cut = text.lastIndexOf('@');
  return cut > 0 ? [text.slice(0, cut), text.slice(cut + 1)] : [text, '*'];
}
