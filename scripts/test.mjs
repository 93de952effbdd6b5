// Builds, runs every check and every test, and ends with the line `N passed, N failed`, which also goes to
// $TEST_SUMMARY_FILE when that is set.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countResults } from './test/count-results.mjs';
import { installTestTools } from './test/install-test-tools.mjs';
import { installWindows } from './test/install-windows.mjs';

installTestTools();
installWindows(['20']);
const counts = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'devgen-results-'));

// The tests run what is built, so the build comes first; the other checks need nothing of each other.
count(await check('build', process.execPath, ['scripts/build.mjs']));
// devgen's own launcher, targets and aliases are what it generates.
count(await check('generate', process.execPath, ['dist/cli.js', 'generate']));
count(await check('drift', process.execPath, ['dist/cli.js', 'check']));
const checks = [
  check('types', tool('tsc'), ['--noEmit']),
  check('types of the page', tool('tsc'), ['--noEmit', '--project', 'src/ui']),
  check('lint', tool('biome'), ['check', '--error-on-warnings', '.']),
  check('dead code', tool('knip'), []),
];
for (const outcome of await Promise.all(checks)) count(outcome);

// Beside the tests, on what they leave idle. One seed, so that a failure here is one that everybody can replay.
// Both look into /proc.
const isLinux = process.platform === 'linux';
if (!isLinux) counts.skipped += 2;
const long = isLinux && [
  check('soak, seed 1', process.execPath, ['scripts/soak.mjs', '--minutes', '0.5', '--seed', '1', '--nice']),
  check('cycles', process.execPath, ['scripts/cycles.mjs', '--cycles', '8', '--nice']),
];
const results = join(folder, 'vitest.json');
const code = await run(tool('vitest'), [
  'run',
  // Elsewhere no user watches: failures alone.
  process.stdout.isTTY ? '--reporter=default' : '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${results}`,
]);
for (const outcome of await Promise.all(long || [])) count(outcome);
const tests = countResults(readResults(results), code);
for (const reason of tests.problems) console.log(reason);
for (const key of Object.keys(counts)) counts[key] += tests[key];
rmSync(folder, { recursive: true, force: true });

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
const summary = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, `${summary}\n`);
console.log(summary);
process.exitCode = counts.failed > 0 ? 1 : 0;

/** As `npx` finds it, without the second that takes. */
function tool(name) {
  return join('node_modules', '.bin', name);
}

function count({ passed, line }) {
  console.log(line);
  counts[passed ? 'passed' : 'failed'] += 1;
}

/** Prints nothing itself: what comes of it is one line, and the whole output when it failed. */
async function check(name, file, args) {
  const startedAt = performance.now();
  const output = [];
  const code = await run(file, args, (text) => output.push(text));
  const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  const passed = code === 0;
  return { passed, line: passed ? `✓ ${name} (${took})` : `✗ ${name} (${took})\n${output.join('')}` };
}

function run(file, args, onOutput) {
  const stdio = onOutput === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  const child = spawn(file, args, { stdio, shell: process.platform === 'win32' });
  child.stdout?.setEncoding('utf8').on('data', onOutput);
  child.stderr?.setEncoding('utf8').on('data', onOutput);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`error: \`${file}\` could not be run: ${error.message}`);
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { testResults: [] }; // vitest did not get as far as that; its exit code says so.
  }
}
