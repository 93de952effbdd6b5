import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Place } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type ImportFailure, importApart } from '../platform/import-apart.ts';
import type { ConfigFile } from './find-config.ts';
import { positionOf } from './position.ts';
import type { SourceDocument } from './source.ts';

/** Far above what a config needs that asks a program or the network. */
const LIMIT_MS = 10_000;

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
  const outcome = await importApart(url.href, LIMIT_MS);
  if ('value' in outcome) return ok(outcome.value);
  const { failure } = outcome;
  return err(
    failure.reason === 'threw' ? scriptFailed({ file, path, text }, failure.error) : withoutEnd(file, failure),
  );
}

/** A script that never exports anything, or ends what it runs in. */
function withoutEnd(file: string, failure: Exclude<ImportFailure, { reason: 'threw' }>): Diagnostic {
  const what =
    failure.reason === 'timeout'
      ? `has not exported anything after ${failure.limitMs / 1000} s`
      : `ended with exit code ${failure.code} before it had exported anything`;
  return {
    code: 'config/script-without-end',
    message: `\`${file}\` ${what}`,
    hint: 'A config exports its services, or a function that returns them, and neither exits nor waits for long.',
    place: { file },
  };
}

function scriptFailed(source: { file: string; path: string; text: string }, thrown: unknown): Diagnostic {
  const error = thrownAs(thrown);
  const reason = typeof error === 'string' ? error : `${error.name}: ${error.message}`;
  return {
    code: 'config/script-failed',
    message: `\`${source.file}\` failed: ${reason.replaceAll(source.path, source.file).split('\n')[0]}`,
    hint: `Run \`node ${source.file}\` to see the whole error.`,
    place: placeOfError(source, error),
  };
}

type ThrownError = Pick<Error, 'name' | 'message' | 'stack'>;

/** What was thrown in another thread: an error has lost its class on the way. */
function thrownAs(thrown: unknown): ThrownError | string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  const { name = 'Error', message = '', stack = '' } = thrown as Partial<Record<keyof ThrownError, unknown>>;
  return { name: String(name), message: String(message), stack: String(stack) };
}

/** The line of the config that the stack, or for a syntax error its head, names. */
function placeOfError(
  { file, path, text }: { file: string; path: string; text: string },
  error: ThrownError | string,
): Place {
  const stack = typeof error === 'string' ? '' : (error.stack ?? '');
  // A syntax error names the path, all others the URL.
  const after = stack.split(pathToFileURL(path).pathname)[1] ?? stack.split(path)[1] ?? '';
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
