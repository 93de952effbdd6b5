import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';

/** The first lines of `front.cjs`; the floor they hold is the one in package.json. */
export function nodeGuard() {
  const guard = readFileSync(join(projectRoot, 'templates/node-guard.txt'), 'utf8');
  if (!guard.includes(floor())) throw new Error(`templates/node-guard.txt does not ask for Node ${floor()}`);
  return guard;
}

/** The `devgen` bin. Any Node from 10 on can parse it; it turns one away that is too old, which could not parse the rest. */
export function binStart() {
  const [major, minor] = floor().split('.');
  const { version } = manifest();
  return `#!/usr/bin/env node
var parts = process.versions.node.split('.');
if (process.argv.length === 3 && process.argv[2] === '--version') {
  console.log(${JSON.stringify(version)}); // To load the rest takes five times as long.
} else if (Number(parts[0]) > ${major} || (Number(parts[0]) === ${major} && Number(parts[1]) >= ${minor})) {
  import('./cli.js');
} else {
  console.error('devgen: this needs Node.js ${floor()} or newer; found ' + process.version + ' (' + process.execPath + ').');
  console.error('Install it from https://nodejs.org, then try again.');
  process.exitCode = 1;
}
`;
}

function floor() {
  return manifest().engines.node.replace(/^>=(\d+\.\d+)\.0$/, '$1');
}

function manifest() {
  return JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
}
