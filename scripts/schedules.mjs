// Random schedules of commands, crashes, port thefts, clock jumps and deaths of the supervisor, against its own code on a
// simulated machine. `node scripts/schedules.mjs [--runs N] [--minutes M] [--seed S] [--path P]`; seed and path replay one.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { projectRoot } from './build/project.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    path: { type: 'string' },
  },
});
const rooms = join(projectRoot, 'test/simulation');
// Beside its packages, which it imports.
const outfile = join(projectRoot, `node_modules/.cache/check-schedules-${process.pid}.mjs`);
await build({
  entryPoints: [join(rooms, 'check-schedules.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  define: { 'import.meta.dirname': JSON.stringify(rooms) },
  outfile,
});
const { checkSchedules } = await import(pathToFileURL(outfile).href);
rmSync(outfile);
console.log(`schedules: seed ${values.seed}, at most ${values.runs} and ${values.minutes} min`);
const startedMs = performance.now();
const { held, broken } = await checkSchedules({
  runs: Number(values.runs),
  limitMs: Number(values.minutes) * 60_000,
  seed: Number(values.seed),
  ...(values.path === undefined ? {} : { path: values.path }),
});
const took = ((performance.now() - startedMs) / 1000).toFixed(0);
if (broken === null) console.log(`schedules: ${held} in ${took} s, nothing found`);
else {
  console.log(`schedules: found after ${took} s:\n${broken}`);
  process.exitCode = 1;
}
