// Runs what the README shows at its top, and puts what is printed in its place: `node scripts/transcript.mjs`, on what is
// built. Needs Python, the network, and the ports 5000, 5001 and 5173. `test/e2e/main-scenario.test.ts` notices when it is
// stale.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LINES = [
  './dev',
  'curl -s http://localhost:5173/api/status',
  './dev status',
  './dev backend --force',
  './dev stop',
];
const BLOCK = /(?<=```console\n)[\s\S]*?(?=```)/;
const STRANGER = 'http://127.0.0.1:5000/';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const readme = join(repository, 'README.md');
const folder = mkdtempSync(join(tmpdir(), 'devgen-transcript-'));
const project = join(folder, 'flask-vite');
// By the name alone, not by what a version manager makes of it.
const system = { ...process.env, PATH: `/usr/bin:${process.env.PATH}` };
const stranger = spawn('python3', ['-m', 'http.server', '5000'], { cwd: tmpdir(), stdio: 'ignore', env: system });
const ended = once(stranger, 'exit');

try {
  cpSync(join(repository, 'examples/flask-vite'), project, { recursive: true });
  shown(`${process.execPath} ${join(repository, 'dist/cli.js')} init --yes`);
  shown('./dev setup');
  await answers();
  const parts = LINES.map((line) => `$ ${line}\n${shown(line)}`);
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(BLOCK, () => parts.join('\n')),
  );
} finally {
  spawnSync('./dev', ['stop'], { cwd: project });
  stranger.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

/** Both streams as a person sees them. */
function shown(line) {
  const { status, stdout } = spawnSync('sh', ['-c', `${line} 2>&1`], { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`\`${line}\` ended with exit code ${status}:\n${stdout}`);
  return stdout.replace(/\n*$/, '\n');
}

async function answers() {
  for (;;) {
    const response = await fetch(STRANGER).catch(() => undefined);
    if (response !== undefined) return;
    if (stranger.exitCode !== null) throw new Error('port 5000 is taken');
    await delay(50);
  }
}
