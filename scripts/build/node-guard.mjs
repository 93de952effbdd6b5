import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';

/** The first lines of `front.cjs`; the floor they hold is the one in package.json. */
export function nodeGuard() {
  const guard = readFileSync(join(projectRoot, 'templates/node-guard.txt'), 'utf8');
  const { engines } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const floor = engines.node.replace(/^>=(\d+\.\d+)\.0$/, '$1');
  if (!guard.includes(floor)) throw new Error(`templates/node-guard.txt does not ask for Node ${floor}`);
  return guard;
}
