import type { PackageJson } from '../manifests/package-json.ts';
import type { Repository } from '../repository/repository.ts';
import { importedFiles } from '../source/javascript/imported-files.ts';
import { listenCalls, serverFramework } from '../source/javascript/javascript-listen.ts';

/**
 * Whether an entry is the source of a command that its package installs, and no server: a tool that listens does so
 * for a moment (the answer of a sign-in, a preview), somewhere below its entry and without a framework for servers.
 */
export function isOwnCommand(repository: Repository, manifest: PackageJson, entry: string): boolean {
  const source = stemOf(entry.slice(manifest.directory === '.' ? 0 : manifest.directory.length + 1));
  const isSource = manifest.commands.some((command) => stemOf(command) === source);
  const isParser = manifest.commands.length > 0 && parsesArguments(repository, entry);
  if (!isSource && !isParser) return false;
  const framework = serverFramework(repository, entry);
  return (
    (framework === null || framework === 'node') && listenCalls(repository, entry).every(({ file }) => file !== entry)
  );
}

const PARSERS = /^(?:yargs|commander|cac|citty|meow|arg|clipanion|sade|minimist|@oclif\/core|@commander-js\/\S+)$/;

function parsesArguments(repository: Repository, entry: string): boolean {
  return importedFiles(repository, entry).some(({ specifier }) => PARSERS.test(specifier));
}

/** The same for `src/main.ts` and for what is built of it: `./dist/main.js`. */
function stemOf(path: string): string {
  return path
    .replace(/^\.\//, '')
    .replace(/^(?:dist|build|lib|out|src|esm|cjs)\//, '')
    .replace(/\.[cm]?[jt]sx?$/, '');
}
