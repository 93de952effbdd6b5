import { OWN_SCRIPT } from '../../manifest/npm-scripts.ts';
import type { ProjectOutline } from '../project-names.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

const OVERALL: readonly (readonly [name: string, command: string])[] = [
  ['dev', 'up'],
  ['dev:stop', 'stop'],
  ['dev:restart', 'restart'],
  ['dev:status', 'status'],
  ['dev:health', 'health'],
  ['dev:logs', 'logs'],
];

/** npm scripts in the root's package.json, each only where its name is free. They run on Windows too, so not `./dev`. */
export function renderNpmScripts({ plan, repository: { npmScripts } }: ProjectFacts): Rendered<'npmScripts'> {
  const ofServices = plan.services.map(({ name }) => [`dev:${name}`, `up ${name}`] as const);
  const free = [...OVERALL, ...ofServices].filter(([name]) => !npmScripts?.has(name) && !isCalled(name, plan));
  if (free.length === 0) return {};
  return { 'package.json': free.map(([name, command]) => `"${name}": "${OWN_SCRIPT}${command}"\n`).join('') };
}

/** Whether a service runs a script of this name, perhaps of another package.json: with ours, it could start itself. */
function isCalled(script: string, { services }: ProjectOutline): boolean {
  const call = new RegExp(`\\b(npm|pnpm|yarn|bun)\\b.*\\s${script}(\\s|$)`);
  return services.some(({ command }) => call.test(command));
}
