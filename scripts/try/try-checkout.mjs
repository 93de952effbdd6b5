import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { markedBy } from '../cycles/traces.mjs';
import { runCommand } from '../soak/run-command.mjs';
import { askServices } from './ask-services.mjs';

const devgen = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'dist/cli.js');
const COMMAND_LIMIT_MS = 60_000;
const GONE_WITHIN_MS = 10_000;

/**
 * A copy of the checkout from `devgen init` to `./dev stop`, and what was seen on the way. The start may take `limitMs`;
 * `path` is asked of the front ends besides the health paths of what they depend on.
 */
export async function tryCheckout(checkout, { path, limitMs, keep }) {
  const project = copyOf(checkout);
  const steps = [];
  const run = async (name, file, { args, killAfterMs = COMMAND_LIMIT_MS }) => {
    const { environment, root: cwd } = project;
    const begunMs = performance.now();
    const { code, stdout, output } = await runCommand(file, { args, killAfterMs, environment, cwd });
    steps.push({ name, code, output, seconds: (performance.now() - begunMs) / 1000 });
    return { code, stdout, output };
  };
  const dev = (verb, { words = [], ...options } = {}) =>
    run(verb, join(project.root, 'dev'), { args: [verb, ...words], ...options });

  const detected = await run('detect', process.execPath, { args: [devgen, 'detect', '--json'] });
  const init = await run('init', process.execPath, { args: [devgen, 'init', '--yes'] });
  const byHand = leftToDo(init.output);
  let asked = [];
  if (init.code === 0) {
    await dev('start', { words: ['--timeout', `${limitMs}ms`], killAfterMs: 2 * limitMs });
    const status = await dev('status', { words: ['--json'] });
    asked = await askServices(JSON.parse(status.stdout).services, { ...JSON.parse(detected.stdout), path });
    await dev('stop');
  }
  const left = await leftBehind(project, asked);
  if (left.length > 0) await dev('kill');
  if (!keep) rmSync(project.folder, { recursive: true, force: true });
  return { name: basename(checkout), steps, byHand, asked, left, verdict: verdictOf({ steps, asked, left }) };
}

/** Its own runtime folder, and a mark that every process of it inherits. */
function copyOf(checkout) {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-try-'));
  const root = join(folder, basename(checkout));
  cpSync(checkout, root, { recursive: true, verbatimSymlinks: true });
  const git = (...words) => spawnSync('git', words, { cwd: root });
  if (!existsSync(join(root, '.git'))) {
    git('init', '--quiet');
    git('add', '--all');
    // Builds ask for the last commit.
    git('-c', 'user.name=trial', '-c', 'user.email=trial@localhost', 'commit', '--quiet', '--message', 'Copy');
  }
  mkdirSync(join(folder, 'run'), { mode: 0o700 });
  const mark = `TRIAL_OF_${process.pid}_${basename(folder).replaceAll(/\W/g, '_')}`;
  const environment = { ...process.env, [mark]: '1', XDG_RUNTIME_DIR: join(folder, 'run') };
  return { folder, root, mark, environment };
}

/** What `init` says is next, less the sentence that ends it. */
function leftToDo(output) {
  const start = output.lastIndexOf('\nnext:');
  const lines = start === -1 ? [] : output.slice(start + 1).split('\n');
  return lines
    .map((line) => line.replace(/^next:/, '').trim())
    .filter((line) => line !== '' && !/^(?:note:|warning:|(?:\d+\. )?\.\/dev\b)/.test(line));
}

/** Processes that still live and addresses that still answer, when they have had time to go. */
async function leftBehind({ mark }, asked) {
  for (const endMs = performance.now() + GONE_WITHIN_MS; performance.now() < endMs; await delay(100)) {
    if (markedBy(mark).length === 0) break;
  }
  const addresses = [...new Set(asked.map(({ url }) => url).filter((url) => url !== null))];
  const answers = await Promise.all(
    addresses.map((url) =>
      fetch(url, { signal: AbortSignal.timeout(1000) }).then(
        () => [`${url} answers`],
        () => [],
      ),
    ),
  );
  return [...markedBy(mark), ...answers.flat()];
}

function verdictOf({ steps, asked, left }) {
  const failed = steps.find(({ code, name }) => code !== 0 && name !== 'status');
  if (failed !== undefined) return `${failed.name} failed`;
  if (asked.length === 0) return 'nothing to ask';
  if (!asked.every(({ isGood }) => isGood)) return 'an answer is wrong';
  return left.length > 0 ? 'something is left' : 'runs';
}
