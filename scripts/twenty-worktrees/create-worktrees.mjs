import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { markedBy } from '../cycles/traces.mjs';
import { runCommand } from '../soak/run-command.mjs';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const COMMAND_LIMIT_MS = 300_000;
const GONE_WITHIN_MS = 30_000;
/** The second one is 5 higher: steps of 10 lie between. */
const FIRST_PORT = 19_000;

/** Says which folder it runs in, and where it was told that the other one is. */
const SERVER = `
const { createServer } = require('node:http');
const told = JSON.stringify({ root: process.cwd(), api: process.env.API_URL, port: process.env.PORT });
createServer((_, response) => response.end(told)).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** A repository with so many linked worktrees, none of them started. */
export function createWorktrees(count) {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-worktrees-'));
  const mark = `WORKTREES_OF_${process.pid}`;
  for (const name of ['run', 'home', 'main']) mkdirSync(join(folder, name), { mode: 0o700 });
  const environment = {
    ...{
      HOME: join(folder, 'home'),
      XDG_RUNTIME_DIR: join(folder, 'run'),
      PATH: process.env.PATH,
      [mark]: '1',
      CI: '1',
    },
  };
  const main = join(folder, 'main');
  const run = (file, ...words) => {
    const done = spawnSync(file, words, { cwd: main, env: environment, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${file} ${words.join(' ')} failed\n${done.stdout}${done.stderr}`);
  };
  const git = (...words) => run('git', '-c', 'user.name=trial', '-c', 'user.email=trial@localhost', ...words);
  const service = (port, rest) => ({ command: 'node server.cjs', port, health: '/', ...rest });
  const services = { api: service(FIRST_PORT), web: service(FIRST_PORT + 5, { dependsOn: ['api'] }) };
  writeFileSync(join(main, 'devgen.config.yaml'), JSON.stringify({ name: 'trial', services }));
  writeFileSync(join(main, 'server.cjs'), SERVER);
  writeFileSync(join(main, '.gitignore'), 'logs/\n');
  git('init', '-q', '--initial-branch=main');
  run(process.execPath, join(repository, 'dist/cli.js'), 'generate');
  git('add', '--all');
  git('commit', '-qm', 'First');
  const worktrees = Array.from({ length: count }, (_, index) => join(folder, `tree-${index + 1}`));
  for (const root of worktrees) git('worktree', 'add', '-qb', basename(root), root);

  const dev = (root, ...args) =>
    runCommand(join(root, 'dev'), { args, killAfterMs: COMMAND_LIMIT_MS, environment, cwd: root });
  const allOf = async (roots, verb) => {
    const done = await Promise.all(roots.map((root) => dev(root, ...verb)));
    return done.flatMap(({ code, output }, index) =>
      code === 0 ? [] : [`${basename(roots[index])}: \`${verb.join(' ')}\` ended with ${code}: ${output}`],
    );
  };
  const statuses = () =>
    worktrees.flatMap((root) =>
      ['api', 'web'].map((name) => ({
        root,
        name,
        port: JSON.parse(readFileSync(join(root, `logs/.devgen/status/${name}.json`), 'utf8')).port,
      })),
    );
  return {
    worktrees,
    startAll: (roots) => allOf(roots, ['start', '--timeout', '120s', '--json']),
    stopAll: () => allOf(worktrees, ['stop', '--json']),
    ports: () => Object.fromEntries(statuses().map(({ root, name, port }) => [`${basename(root)} ${name}`, port])),
    /** What a server says of itself that is not so. */
    async miswired() {
      const all = statuses();
      const answers = await Promise.all(all.map(({ port }) => fetch(`http://127.0.0.1:${port}`).then((r) => r.json())));
      return all.flatMap(({ root, name, port }, index) => {
        const api = all.find((each) => each.root === root && each.name === 'api');
        const expected = { root, api: `http://localhost:${api.port}`, port: String(port) };
        const said = JSON.stringify(answers[index]);
        return said === JSON.stringify(expected) ? [] : [`${basename(root)} ${name} says ${said}`];
      });
    },
    /** Removes each while it runs; what is left after `stop --gone` elsewhere. */
    async removeAll() {
      for (const root of worktrees)
        spawnSync('git', ['worktree', 'remove', '--force', root], { cwd: main, env: environment });
      const gone = await allOf([main], ['stop', '--gone', '--json']);
      const folders = worktrees
        .filter((root) => existsSync(root))
        .map((root) => `${basename(root)} is still there: ${filesOf(root)}`);
      return [...gone, ...folders, ...(await left(mark))];
    },
    async end() {
      const processes = await left(mark);
      if (processes.length > 0) await dev(main, 'stop', '--all-worktrees', '--force');
      rmSync(folder, { recursive: true, force: true });
      return processes;
    },
  };
}

async function left(mark) {
  for (const endMs = performance.now() + GONE_WITHIN_MS; performance.now() < endMs; await delay(100)) {
    if (markedBy(mark).length === 0) break;
  }
  return markedBy(mark).map((command) => `left: ${command}`);
}

function filesOf(root) {
  return readdirSync(root, { recursive: true }).join(', ');
}
