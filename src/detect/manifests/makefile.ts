import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** A rule of a Makefile: its recipe lines with simple variables filled in. */
export interface MakefileTarget {
  readonly name: string;
  readonly recipe: readonly string[];
  readonly prerequisites: readonly string[];
  readonly line: number;
}

/** The rules of the Makefile in a directory, variables of the plain `NAME = value` kind expanded; empty without one. */
export function makefileTargets(repository: Repository, directory: string): readonly MakefileTarget[] {
  return makefileOf(repository, directory).targets;
}

/** What a Makefile exports to the recipes of these targets: for all of them, and for each one by itself. */
export function makefileEnvironment(
  repository: Repository,
  directory: string,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const { exports } = makefileOf(repository, directory);
  const meant = exports.filter(({ target }) => target === null || names.includes(target));
  return Object.fromEntries(meant.map(({ name, value }) => [name, value]));
}

/** What a Makefile says. */
interface Makefile {
  readonly targets: readonly MakefileTarget[];
  readonly exports: readonly MakefileExport[];
}

interface MakefileExport {
  readonly name: string;
  readonly value: string;
  /** The only target that it is for; `null`: all. */
  readonly target: string | null;
}

function makefileOf(repository: Repository, directory: string): Makefile {
  const file = makefileIn(repository, directory);
  if (file === undefined) return { targets: [], exports: [] };
  return repository.remember(`make:${file}`, () => parseMakefile(repository.text(file) ?? ''));
}

/** GNU make's order of names. */
export function makefileIn(repository: Repository, directory: string): string | undefined {
  return ['GNUmakefile', 'makefile', 'Makefile']
    .map((name) => joinPath(directory, name))
    .find((path) => repository.has(path));
}

/** The recipe lines that `make TARGET…` runs, prerequisites first; `undefined` when no such target is known. */
export function readMakefileTarget(
  repository: Repository,
  directory: string,
  words: readonly string[],
): readonly string[] | undefined {
  const targets = makefileTargets(repository, directory);
  const wanted = words.filter((word) => !word.startsWith('-') && !word.includes('=') && word !== directory);
  const lines = wanted.flatMap((name) => recipeOf(targets, name, []));
  return lines.length === 0 ? undefined : lines;
}

function recipeOf(targets: readonly MakefileTarget[], name: string, open: readonly string[]): readonly string[] {
  const target = targets.find((candidate) => candidate.name === name);
  if (target === undefined || open.includes(name) || open.length > 6) return [];
  const before = target.prerequisites.flatMap((prerequisite) => recipeOf(targets, prerequisite, [...open, name]));
  return [...before, ...target.recipe];
}

/** `run: export PORT = 4000`; without `export` the recipe alone sees it. */
const OF_TARGET = /^([^\s:#=][^:#=]*?)\s*::?\s*(export\s+)?([\w.-]+)\s*(?::{0,3}|\?|\+)=\s*(.*)$/;

function parseMakefile(text: string): Makefile {
  const variables = new Map<string, string>();
  const exports: MakefileExport[] = [];
  const targets: { name: string; recipe: string[]; prerequisites: readonly string[]; line: number }[] = [];
  let current: { recipe: string[] }[] = [];
  for (const { content, line } of joinContinued(text)) {
    if (/^\t/.test(content)) {
      for (const target of current) target.recipe.push(expand(content.trim().replace(/^[@+-]+\s*/, ''), variables));
      continue;
    }
    const assignment = /^(?:export\s+)?([\w.-]+)\s*(?::{0,3}|\?|\+)=\s*(.*)$/.exec(content);
    if (assignment !== null) {
      const [, name = '', value = ''] = assignment;
      variables.set(name, expand(withoutComment(value), variables));
      if (content.startsWith('export')) exports.push({ name, value: variables.get(name) ?? '', target: null });
      continue;
    }
    const ofTarget = OF_TARGET.exec(content);
    if (ofTarget !== null) {
      const [, names = '', isExported, name = '', value = ''] = ofTarget;
      if (isExported !== undefined)
        for (const target of names.split(/\s+/))
          exports.push({ name, value: expand(withoutComment(value), variables), target });
      continue;
    }
    const rule = /^([^\s:#=][^:#=]*?)\s*::?(?!=)\s*([^#;]*?)(?:;(.*?))?(?:\s*#.*)?$/.exec(content);
    if (rule === null) {
      if (content.trim() !== '' && !content.startsWith('#')) current = [];
      continue;
    }
    const [, names = '', prerequisites = '', inline] = rule;
    current = names.split(/\s+/).flatMap((name) => {
      if (name.startsWith('.') || name.includes('%')) return [];
      const target = {
        name,
        recipe: inline === undefined ? [] : [inline.trim()],
        prerequisites: prerequisites.split(/[\s|]+/).filter(Boolean),
        line,
      };
      targets.push(target);
      return [target];
    });
  }
  return { targets, exports };
}

function withoutComment(value: string): string {
  return value.replace(/\s#.*$/, '').trim();
}

function joinContinued(text: string): readonly { content: string; line: number }[] {
  const joined: { content: string; line: number }[] = [];
  let pending: { content: string; line: number } | undefined;
  for (const [index, content] of text.split('\n').entries()) {
    const whole: { content: string; line: number } =
      pending === undefined
        ? { content, line: index + 1 }
        : { content: `${pending.content} ${content.trim()}`, line: pending.line };
    pending = undefined;
    if (content.endsWith('\\')) pending = { ...whole, content: whole.content.slice(0, -1) };
    else joined.push(whole);
  }
  return pending === undefined ? joined : [...joined, pending];
}

function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text
    .replace(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) => {
      if (name === 'MAKE') return 'make';
      if (name === 'CURDIR') return '.';
      return variables.get(name) ?? whole;
    })
    .replace(/\$\$/g, '$');
}
