import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { repository } from './project.ts';

/** One file of `src/`, with what it imports. */
export interface SourceFile {
  /** Relative to `src/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path relative to `src/`, or the name of a package or of one of Node's modules. */
  readonly target: string;
  readonly isRelative: boolean;
  readonly isTypeOnly: boolean;
}

export function readSourceFiles(): SourceFile[] {
  return filesBelow('src', ['.ts', '.tsx']).map((file) => {
    const path = file.slice('src/'.length);
    const text = readFileSync(join(repository, file), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });
}

/** Paths relative to the repository of all files below `folder` that end so. */
export function filesBelow(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name).slice(repository.length + 1))
    .filter((file) => !file.split('/').includes('node_modules'))
    .sort();
}

/** The text without comments and string literals, so that words in them are not taken for code. */
export function codeOnly(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
}

function importsOf(path: string, text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const calls = text.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)/g);
  return [...statements, ...calls].map(([, type, specifier = '']) => ({
    target: specifier.startsWith('.') ? posix.join(dirname(path), specifier) : specifier,
    isRelative: specifier.startsWith('.'),
    isTypeOnly: type !== undefined,
  }));
}
