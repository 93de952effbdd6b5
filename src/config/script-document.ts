import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Place } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { ConfigFile } from './find-config.ts';
import { positionOf } from './position.ts';
import type { SourceDocument } from './source.ts';

/**
 * Runs a JavaScript or TypeScript config and takes its default export, an object or a function (also async) that
 * returns one. TypeScript is left to Node itself, which strips the types; nothing is compiled, so nothing is written.
 */
export async function readScriptDocument(source: ConfigFile): Promise<Result<SourceDocument, Diagnostic[]>> {
  if (source.format === 'typescript' && !nodeStripsTypes()) return err([typescriptUnsupported(source.file)]);
  const exported = await runScript(source);
  if (!exported.ok) return err([exported.error]);
  if (exported.value === undefined) return err([noDefaultExport(source.file)]);
  return ok({ data: exported.value, locate: () => ({ file: source.file }) });
}

function nodeStripsTypes(): boolean {
  const strips = Object.entries(process.features).find(([feature]) => feature === 'typescript')?.[1] as unknown;
  return strips === 'strip' || strips === 'transform';
}

async function runScript({ root, file, text }: ConfigFile): Promise<Result<unknown, Diagnostic>> {
  const path = join(root, file);
  const url = pathToFileURL(path);
  // Node keeps what it imported; another query makes a changed file another module.
  url.searchParams.set('changed', String(statSync(path).mtimeMs));
  try {
    const loaded: { readonly default?: unknown } = await import(url.href);
    const exported = unwrapped(loaded.default);
    return ok(typeof exported === 'function' ? await exported() : exported);
  } catch (error) {
    return err(scriptFailed({ file, path, text }, error));
  }
}

/** CommonJS compiled from a module keeps its default export one level down. */
function unwrapped(exported: unknown): unknown {
  const isModule =
    typeof exported === 'object' && exported !== null && '__esModule' in exported && 'default' in exported;
  return isModule ? exported.default : exported;
}

function scriptFailed(source: { file: string; path: string; text: string }, error: unknown): Diagnostic {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'config/script-failed',
    message: `\`${source.file}\` failed: ${reason.replaceAll(source.path, source.file).split('\n')[0]}`,
    hint: `Run \`node ${source.file}\` to see the whole error.`,
    place: placeOfError(source, error),
  };
}

/** The line of the config that the stack, or for a syntax error its head, names. */
function placeOfError({ file, path, text }: { file: string; path: string; text: string }, error: unknown): Place {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const after = stack.split(path)[1] ?? '';
  const [, line, column] = /^(?:\?changed=[\d.]+)?:(\d+)(?::(\d+))?/.exec(after) ?? [];
  if (line === undefined) return { file };
  const lineStart =
    text
      .split('\n')
      .slice(0, Number(line) - 1)
      .join('\n').length + (line === '1' ? 0 : 1);
  const from = lineStart + Number(column ?? 1) - 1;
  return { file, position: positionOf(text, from, from + 1) };
}

function noDefaultExport(file: string): Diagnostic {
  return {
    code: 'config/no-export',
    message: `\`${file}\` has no default export`,
    hint: 'Write `export default { services: { … } }`.',
    place: { file },
  };
}

function typescriptUnsupported(file: string): Diagnostic {
  return {
    code: 'config/typescript-unsupported',
    message: `Node ${process.versions.node} cannot run \`${file}\``,
    hint: 'Use Node 22.18 or newer, or write the config as `devgen.config.yaml` or `devgen.config.mjs`.',
    place: { file },
  };
}
