import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from './measure.mjs';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const firstPort = 19_400;

const server = `
const { createServer } = require('node:http');
createServer((request, response) => response.end('ok')).listen(process.env.PORT, () => console.log('listening'));
`;

/** A generated project with so many small Node servers, none of them started. */
export function createBenchProject(count) {
  const root = mkdtempSync(join(tmpdir(), 'devgen-bench-'));
  const services = Array.from({ length: count }, (_, index) => `server${index + 1}`);
  const config = {
    name: 'bench',
    services: Object.fromEntries(
      services.map((name, index) => [name, { command: 'node server.cjs', port: firstPort + index * 20 }]),
    ),
  };
  writeFileSync(join(root, 'server.cjs'), server);
  writeFileSync(join(root, 'devgen.config.yaml'), JSON.stringify(config, null, 2));
  const launcher = join(root, 'dev');
  const run = (file, args, { mayFail = false } = {}) => {
    const { status, stderr } = spawnSync(file, args, { cwd: root, env: environment(), encoding: 'utf8' });
    if (status !== 0 && !mayFail) throw new Error(`${[file, ...args].join(' ')} ended with ${status}\n${stderr}`);
  };
  /** Returns when the supervisor is gone, too. */
  const stopAll = () => {
    run(launcher, ['stop'], { mayFail: true });
    while (isAnyoneIn(root)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  };
  run(process.execPath, [join(repository, 'dist/cli.js'), 'generate']);
  return {
    root,
    launcher,
    services,
    server: join(root, 'server.cjs'),
    /** For the server alone: apart from those of the services. */
    port: firstPort - 20,
    dev: (args, options) => run(launcher, args, options),
    stopAll,
    remove() {
      stopAll();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Linux only; elsewhere a supervisor may outlive the pause, and a cold start be measured as a warm one. */
function isAnyoneIn(root) {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && commandLine(name).includes(root));
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It ended meanwhile.
  }
}
