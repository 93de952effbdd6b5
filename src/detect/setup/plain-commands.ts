import type { PackageScript } from '../commands/launch.ts';
import { readScriptCall } from '../commands/script-call.ts';
import { splitCommand } from '../commands/split-command.ts';
import { stripWrappers } from '../commands/strip-wrappers.ts';
import { readMakefileTarget } from '../manifests/makefile.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { tasksIn } from '../manifests/tasks.ts';
import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import { alternatives } from '../source/join-patterns.ts';

/** A command that a setup script runs, and where. */
export interface PlainCommand {
  readonly cwd: string;
  readonly text: string;
}

const MAX_DEPTH = 5;

/** What only the shell itself is concerned with. */
const SHELL = /^(?:\[\[?|test|fi|else|then|exit|true|:|echo|printf|set|export|source|\.|popd|command -v)(?:\s|$)/;

/** Installs, prepares or generates, asks nothing, needs no rights, ends by itself, and may be done again. */
const HARMLESS = alternatives([
  /^(?:npm|pnpm|yarn|bun)(?: (?:-{1,2}\S+ )*(?:install|i|ci)\b.*)?$/,
  /^(?:corepack enable|gem install bundler|bundle (?:install|check|config)|bin\/(?:yarn|bundle install))\b/,
  /^(?:\S+\/)?(?:pip3?|python3? -m pip) install\b|^python3? -m venv\b|^uv (?:sync|venv|lock --check|pip install)\b/,
  /^(?:poetry|pdm|composer|pipenv) (?:install|sync)\b|^go (?:mod|install|generate|build)\b|^cargo (?:build|fetch)\b/,
  /^mix (?:deps\.get|deps\.compile|compile|local\.\w+ --force)\b|^dotnet (?:restore|tool restore)\b/,
  /^(?:prisma|panda|kubb|svelte-kit|nuxt|buf|sqlc|templ) (?:generate|codegen|sync|prepare)\b/,
  /^(?:graphql-codegen|relay-compiler|orval)(?:\s|$)/,
  /^(?:turbo|nx|lerna|tsc|tsup|vite|esbuild)\b.*\bbuild\b|^tsc\b|^php artisan (?:key:generate|storage:link)\b/,
  /^(?:husky|lefthook|pre-commit) ?(?:install)?$|^git (?:submodule update|lfs (?:install|pull))\b/,
  /^(?:bin\/)?rails (?:log:clear|tmp:clear|tmp:create|restart)\b|^(?:mkdir -p|touch|chmod|ln -sf?|cp -n) /,
]);
/** The same, where the database is a file: another one does not run yet. What seeds or resets it is done once. */
const WITH_DATABASE = alternatives([
  /^(?:bin\/)?(?:rails|rake) db:(?:prepare|create|migrate)(?:[ :]|$)|^prisma (?:migrate deploy|db push)\b/,
  /^drizzle-kit (?:push|migrate)\b|^knex migrate:latest\b|^alembic upgrade\b|^flask db upgrade\b/,
  /\bmanage\.py (?:migrate|createcachetable)\b|^php artisan migrate$/,
]);

/**
 * The commands that these lines come down to, scripts and tasks followed; `undefined` where one of them is not known to
 * be harmless.
 */
export function plainCommands(
  place: RepositoryPlace,
  lines: readonly string[],
  database: 'file' | 'other',
): readonly PlainCommand[] | undefined {
  const isAllowed = (text: string): boolean => HARMLESS.test(text) || (database === 'file' && WITH_DATABASE.test(text));
  return expandLines(place, { lines, isAllowed, depth: 0 });
}

interface Expansion {
  readonly lines: readonly string[];
  readonly isAllowed: (text: string) => boolean;
  readonly depth: number;
}

function expandLines(place: RepositoryPlace, expansion: Expansion): readonly PlainCommand[] | undefined {
  if (expansion.depth > MAX_DEPTH) return undefined;
  const found: PlainCommand[] = [];
  let { directory } = place;
  for (const line of expansion.lines) {
    for (const { words: written } of splitCommand(line)) {
      const words = written.slice(written.findIndex((word) => !/^(?:if|then|else|do|!|\{|\()$/.test(word)));
      const { repository } = place;
      if (words[0] === 'cd' || words[0] === 'pushd') {
        directory = joinPath(directory, inRepository(words[1]));
        continue;
      }
      const commands = expandCommand({ repository, directory }, words, { ...expansion, lines: [line] });
      if (commands === undefined) return undefined;
      found.push(...commands);
    }
  }
  return found;
}

/** `cd "$(dirname "$0")/.."` leads to the root, where such a script is typed. */
function inRepository(word: string | undefined): string {
  return word === undefined || /^["$/]/.test(word) ? '.' : word;
}

function expandCommand(
  { repository, directory }: RepositoryPlace,
  words: readonly string[],
  expansion: Expansion,
): readonly PlainCommand[] | undefined {
  const text = words.join(' ');
  if (text === '' || SHELL.test(text)) return [];
  // A file that people fill in is not written over.
  if (words[0] === 'cp' && /\s-n\b|\[\[? !? ?-[efs] |\btest !? ?-[efs] /.test(expansion.lines.join(' '))) return [];
  const unwrapped = stripWrappers(words).words.join(' ');
  if ([text, unwrapped].some(expansion.isAllowed)) return [{ cwd: directory, text: unwrapped }];
  const nested = nestedLines({ repository, directory }, words);
  return nested === undefined
    ? undefined
    : expandLines({ repository, directory: nested.directory }, { ...expansion, ...nested, depth: expansion.depth + 1 });
}

/** What `npm run x`, `make x` and `task x` run. */
function nestedLines(
  { repository, directory }: RepositoryPlace,
  words: readonly string[],
): { readonly directory: string; readonly lines: readonly string[] } | undefined {
  const [target, other] = readScriptCall(repository, words, directory)?.targets ?? [];
  const textOf = ({ directory: at, name }: PackageScript): string =>
    readPackageJson(repository, at)?.scripts[name] ?? '';
  if (target !== undefined)
    return other === undefined ? { directory: target.directory, lines: [textOf(target)] } : undefined;
  const lines = words[0] === 'make' ? readMakefileTarget(repository, directory, words.slice(1)) : undefined;
  if (lines !== undefined) return { directory, lines };
  const task = tasksIn({ repository, directory }).find(({ text }) => text === words.join(' '));
  return task === undefined ? undefined : { directory: task.cwd, lines: task.commands };
}
