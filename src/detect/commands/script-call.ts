import { type PackageJson, readPackageJson } from '../manifests/package-json.ts';
import { workspaceMembers, workspaceRootOf } from '../manifests/workspaces.ts';
import { baseName, joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { flagValue } from './flags.ts';
import type { PackageScript } from './launch.ts';

/** Scripts of package.json files that a command starts. */
export interface ScriptCall {
  readonly targets: readonly PackageScript[];
  /** Words for the script's own program. */
  readonly extraWords: readonly string[];
}

const MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'];
const DIRECTORY_FLAGS = ['--prefix', '-C', '--cwd', '--dir'];
const MEMBER_FLAGS = ['-w', '--workspace', '--filter', '-F'];
/** Words of the package managers that are not scripts. */
const OWN_VERBS = new Set(
  `install i ci add remove rm uninstall update up upgrade exec x dlx create init publish pack link version audit
  outdated why config cache prune rebuild dedupe store patch info view login set plugin import build-native pm`.split(
    /\s+/,
  ),
);

/**
 * Reads `npm run dev`, `yarn --cwd web start`, `pnpm --filter api dev`, `bun run --filter '*' dev`; `undefined` for
 * anything else.
 */
export function readScriptCall(repository: Repository, words: readonly string[], cwd: string): ScriptCall | undefined {
  const [manager = '', ...rest] = words;
  if (!MANAGERS.includes(manager)) return undefined;
  const divider = rest.indexOf('--');
  const own = divider < 0 ? rest : rest.slice(0, divider);
  const extraWords = divider < 0 ? [] : rest.slice(divider + 1);
  const place = joinPath(cwd, flagValue(own, DIRECTORY_FLAGS) ?? '.');
  const members = memberPlaces(repository, own, place);
  const plain = plainScriptWords(own);
  const [name, ...after] = plain;
  if (name === undefined || OWN_VERBS.has(name)) return undefined;
  const targets = members
    .filter((directory) => readPackageJson(repository, directory)?.scripts[name] !== undefined)
    .map((directory) => ({ directory, name }));
  if (targets.length === 0) return undefined;
  const trailing =
    manager === 'npm'
      ? []
      : own.slice(own.lastIndexOf(name) + 1).filter((word) => word.startsWith('-') || after.includes(word));
  return { targets, extraWords: [...trailing, ...extraWords] };
}

function plainScriptWords(own: readonly string[]): readonly string[] {
  const plain = own.filter(
    (word, index) => !word.startsWith('-') && ![...DIRECTORY_FLAGS, ...MEMBER_FLAGS].includes(own[index - 1] ?? ''),
  );
  if (plain[0] === 'workspace') return plain.slice(2).filter((word) => word !== 'run');
  if (plain[0] === 'workspaces') return plain.slice(1).filter((word) => word !== 'foreach' && word !== 'run');
  if (plain[0] === 'run' || plain[0] === 'run-script') return plain.slice(1);
  return plain;
}

function memberPlaces(repository: Repository, own: readonly string[], place: string): readonly string[] {
  const everywhere = own.some((word) =>
    ['-r', '--recursive', '--workspaces', '-ws', 'workspaces', '--parallel'].includes(word),
  );
  const yarnMember = own[0] === 'workspace' ? own[1] : undefined;
  const named = own.flatMap((word, index) => {
    const flag = MEMBER_FLAGS.find((name) => word === name || word.startsWith(`${name}=`));
    if (flag === undefined) return [];
    return [word === flag ? (own[index + 1] ?? '') : word.slice(flag.length + 1)];
  });
  if (yarnMember !== undefined) named.push(yarnMember);
  if (!everywhere && named.length === 0) return [place];
  const root = workspaceRootOf(repository, place) ?? place;
  const members = workspaceMembers(repository, root);
  const wanted =
    named.length === 0 ? members : members.filter((member) => named.some((filter) => fits(member, filter, root)));
  return wanted.map((member) => member.directory);
}

/** Source: the filter syntaxes of pnpm, turbo and bun; ranges by git commit are not followed. */
function fits(member: PackageJson, filter: string, root: string): boolean {
  const bare = filter.replace(/^\.\.\.|\.\.\.$|\^/g, '').replace(/^\{(.*)\}$/, '$1');
  const pattern = new RegExp(`^${bare.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}$`);
  const asPath = joinPath(root, bare.replace(/\/?\*+$/, ''));
  return (
    pattern.test(member.name ?? '') ||
    pattern.test((member.name ?? '').replace(/^@[^/]*\//, '')) ||
    member.directory === asPath ||
    (bare.includes('/') && !bare.startsWith('@') && member.directory.startsWith(`${asPath}/`)) ||
    baseName(member.directory) === bare
  );
}
