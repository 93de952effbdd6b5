import { configuredNames } from '../../base/instance-name.ts';
import { OWN_SCRIPT } from '../../manifest/npm-scripts.ts';
import type { ProjectOutline } from '../project-names.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/** Not `dev:stop`: `run-p dev:*` and `concurrently npm:dev:*` are common, and would run it. */
const OVERALL: readonly (readonly [name: string, command: string])[] = [
  ['dev', 'up'],
  ['devgen:stop', 'stop'],
  ['devgen:restart', 'restart'],
  ['devgen:status', 'status'],
  ['devgen:health', 'health'],
  ['devgen:logs', 'logs'],
];

/**
 * npm scripts in the root's package.json, each only where its name is free. They run on Windows too, so not `./dev`.
 */
export function renderNpmScripts({ plan, repository: { npmScripts } }: ProjectFacts): Rendered<'npmScripts'> {
  const users = npmScripts ?? new Map<string, string>();
  const patterns = [...users.values()].flatMap(scriptPatterns);
  const services = configuredNames(plan.services.map(({ name }) => name));
  const ofServices = services.map((name) => [`devgen:${name}`, `up ${name}`] as const);
  const free = [...OVERALL, ...ofServices].filter(([name]) => {
    return !users.has(name) && !isCalled(name, plan) && !patterns.some((pattern) => pattern.test(name));
  });
  if (free.length === 0) return {};
  return { 'package.json': free.map(([name, command]) => `"${name}": "${OWN_SCRIPT}${command}"\n`).join('') };
}

/**
 * Whether a service runs a script of this name in the root: with ours, it would start itself. In another folder it is
 * that package's own, or the root has had the script before.
 */
function isCalled(script: string, { services }: ProjectOutline): boolean {
  const call = new RegExp(`\\b(npm|pnpm|yarn|bun)\\b.*\\s${script}(\\s|$)`);
  return services.some(({ command, cwd }) => cwd === '.' && call.test(command) && !ELSEWHERE.test(command));
}

/** npm, pnpm, yarn and bun work in another folder. */
const ELSEWHERE = /\s(--prefix|-C|--dir|--cwd)[\s=]/;

/**
 * The names of scripts that a command runs by a pattern: words with `*`, as npm-run-all and concurrently have them, and
 * regular expressions between slashes, as pnpm has them.
 */
function scriptPatterns(command: string): RegExp[] {
  return command.split(/[\s"']+/).flatMap((word) => {
    const expression = /^\/(.+)\/$/.exec(word)?.[1];
    if (expression !== undefined) return regularExpression(expression);
    const glob = word.replace(/^(npm|pnpm|yarn|bun|node):/, '');
    return glob.includes('*') ? regularExpression(`^${glob.split(/\*+/).map(escaped).join('.*')}$`) : [];
  });
}

/** None, if it is not one for Node. */
function regularExpression(source: string): RegExp[] {
  try {
    return [new RegExp(source)];
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return [];
    throw thrown;
  }
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
