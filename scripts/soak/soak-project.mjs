import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';
import { createStrangers } from './strangers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(dirname(here));
const FIRST_PORT = 18_400;
const COMMAND_LIMIT_MS = 60_000;

/** A generated project with three servers, one depending on another, none of them started. */
export function createSoakProject() {
  const root = mkdtempSync(join(tmpdir(), 'devgen-soak-'));
  const services = ['backend', 'frontend', 'worker'];
  const portOf = (service) => FIRST_PORT + 20 * services.indexOf(service);
  const restart = { maxRestarts: 1000, backoff: { initial: '50ms', max: '100ms' } };
  const health = { http: '/', period: '500ms' };
  const serviceOf = (name) => ({
    command: `node ${root}/server.cjs --soak ${name}`,
    port: portOf(name),
    restart,
    health,
    ...(name === 'frontend' && { dependsOn: ['backend'] }),
  });
  const config = {
    name: 'soak',
    logs: { maxSize: '1GB' },
    services: Object.fromEntries(services.map((name) => [name, serviceOf(name)])),
  };
  copyFileSync(join(here, 'server.cjs'), join(root, 'server.cjs'));
  writeFileSync(join(root, 'devgen.config.yaml'), JSON.stringify(config, null, 2));
  const generated = spawnSync(process.execPath, [join(repository, 'dist/cli.js'), 'generate'], { cwd: root });
  if (generated.status !== 0) throw new Error(`devgen generate failed\n${generated.stdout}${generated.stderr}`);
  // Of its own: other checkouts of this machine are none of its business.
  const runtimeFolder = join(root, 'run');
  mkdirSync(runtimeFolder, { mode: 0o700 });
  const strangers = createStrangers();
  const dev = (args, { killAfterMs = COMMAND_LIMIT_MS } = {}) =>
    runCommand(join(root, 'dev'), {
      args,
      killAfterMs,
      environment: { ...process.env, XDG_RUNTIME_DIR: runtimeFolder },
    });
  return {
    root,
    services,
    portOf,
    strangers,
    dev,
    async end({ keep }) {
      await dev(['kill']);
      await strangers.endAll();
      if (!keep) rmSync(root, { recursive: true, force: true });
    },
  };
}
