// Measures what devgen costs, in runs interleaved with `node -e 0` and with a floor, the least that a Node tool can do:
// nothing else on a machine compares across minutes.
// `node scripts/bench.mjs [--quick] [--rounds N] [--only status,start,…]`; results go to bench/results/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { linesOf, removeCaches } from './bench/lines.mjs';

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' }, only: { type: 'string' } },
});
const rounds = Number(values.rounds ?? (values.quick ? 3 : 15));
const lines = linesOf({ rounds, quick: values.quick });
const chosen = values.only?.split(',') ?? Object.keys(lines);
const machine = { node: process.version, cores: cpus().length, load: loadavg()[0], rounds };
const rows = [];
console.log(
  `Node ${process.versions.node}, ${machine.cores} cores, load ${machine.load.toFixed(1)}, ${rounds} rounds\n`,
);
console.log('| line | measured | goal | |\n|---|---:|---:|---|');
try {
  for (const line of chosen.flatMap((name) => lines[name])) {
    for (const row of await line()) {
      rows.push(row);
      console.log(shown(row));
    }
  }
} finally {
  removeCaches();
  save();
}

function shown({ name, value, unit, goal, more }) {
  const limit = goal === null ? '' : `≤ ${goal} ${value <= goal ? '✓' : '✗'}`;
  return `| ${name} | ${value.toFixed(2)} ${unit} | ${limit} | ${more} |`;
}

function save() {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../bench/results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify({ ...machine, loadAfter: loadavg()[0], rows }, null, 2)}\n`);
}
