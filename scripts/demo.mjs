// Shows devgen on an example project in a temporary folder, from `devgen init` to `./dev stop`.
// `node scripts/demo.mjs [--offline]`; with `--offline` by what is built and installed already.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const example = hasFlask() ? { name: 'flask-vite', page: 'frontend' } : { name: 'node-only', page: 'web' };
const isOffline = process.argv.includes('--offline');
const folder = mkdtempSync(join(tmpdir(), 'devgen-demo-'));
const project = join(folder, example.name);
process.on('SIGINT', () => undefined); // The running command sees it too; what follows stops and removes everything.

try {
  if (!isOffline) {
    await run(process.execPath, [join(repository, 'scripts/build.mjs')], { cwd: repository });
  }
  cpSync(join(repository, 'examples', example.name), project, { recursive: true });
  if (example.name === 'flask-vite') linkVite(join(project, 'frontend'));
  else say('Python 3 with Flask is not installed: showing examples/node-only instead of examples/flask-vite');
  say(`examples/${example.name}, copied to ${project}`);
  await show('devgen init --yes', process.execPath, [join(repository, 'dist/cli.js'), 'init', '--yes']);
  await show(isOffline ? './dev --no-setup' : './dev');
  await show('./dev status');
  await show('./dev health');
  await showAnswer();
  await showPage();
} catch (error) {
  console.error(`\nerror: ${error.message}`);
  process.exitCode = 1;
} finally {
  await show('./dev stop').catch((error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  });
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a command line of the demo in the project; its own output is all that is shown. */
async function show(line, file = line.split(' ')[0], args = line.split(' ').slice(1)) {
  say(`$ ${line}`);
  await run(file, args, { cwd: project });
}

/** What a browser gets: the page's server asks the backend, wherever that listens now. */
async function showAnswer() {
  const { stdout } = spawnSync('./dev', ['url', example.page], { cwd: project, encoding: 'utf8' });
  const url = new URL('/api/status', stdout.trim());
  say(`$ curl ${url}`);
  const response = await fetch(url);
  console.log((await response.text()).trim());
  if (!response.ok) throw new Error(`${url} answers with status ${response.status}`);
}

/** The page in the browser: for as long as a person at this terminal looks, else only where it would be. */
async function showPage() {
  const isLookedAt = process.stdout.isTTY;
  if (isLookedAt) say('Open this address; Ctrl+C ends the demo.');
  say('$ ./dev ui');
  await run('./dev', ['ui'], {
    cwd: project,
    onOutput: (running) => isLookedAt || running.kill('SIGINT'),
  });
}

/** Not on the terminal, so that `./dev` returns when everything is ready instead of staying attached. */
function run(file, args, { cwd, onOutput }) {
  const env = { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) };
  const running = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.stdout.on('data', (text) => {
    process.stdout.write(text);
    onOutput?.(running);
  });
  running.stderr.on('data', (text) => process.stderr.write(text));
  return new Promise((resolve, reject) => {
    running.once('error', reject);
    running.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[file, ...args].join(' ')} ended with exit code ${code}`));
    });
  });
}

function say(text) {
  const bold = process.stdout.isTTY && !process.env.NO_COLOR;
  console.log(bold ? `\n\x1b[1m${text}\x1b[0m` : `\n${text}`);
}

function hasFlask() {
  return spawnSync('python3', ['-c', 'import flask'], { stdio: 'ignore' }).status === 0;
}

/** This repository has Vite among its packages: the demo needs no second installation. */
function linkVite(frontend) {
  mkdirSync(join(frontend, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(repository, 'node_modules/vite'), join(frontend, 'node_modules/vite'));
  symlinkSync('../vite/bin/vite.js', join(frontend, 'node_modules/.bin/vite'));
}
