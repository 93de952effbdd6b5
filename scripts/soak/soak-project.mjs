import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.mjs';
import { createStrangers } from './strangers.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = dirname(dirname(here));
const FIRST_PORT = 18_400;
const COMMAND_LIMIT_MS = 60_000;
const OTHER_USER = 65534;
const isRoot = process.geteuid?.() === 0;
/** What a service launches with the logs' folder open just before that is removed, begins to run within this time. */
const LAUNCHED_WITHIN_MS = 2000;

/** A generated project with three servers, one depending on another, none of them started. */
export function createSoakProject() {
  const root = mkdtempSync(join(tmpdir(), 'devgen-soak-'));
  const hasOwnDisk =
    isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m,mode=755', 'tmpfs', root]).status === 0;
  chmodSync(root, 0o755);
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
  spawnSync('git', ['init', '-q'], { cwd: root });
  const generated = spawnSync(process.execPath, [join(repository, 'dist/cli.js'), 'generate'], { cwd: root });
  if (generated.status !== 0) throw new Error(`devgen generate failed\n${generated.stdout}${generated.stderr}`);
  // Of its own: other checkouts of this machine are none of its business.
  const runtimeFolder = join(root, 'run');
  mkdirSync(runtimeFolder, { mode: 0o700 });
  const home = join(root, 'home');
  mkdirSync(home);
  if (isRoot) chownSync(home, OTHER_USER, OTHER_USER);
  let logsLostAt = Number.NEGATIVE_INFINITY;
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
    hasOwnDisk,
    /** The same as another user, for whom nothing of it is; a killed command where we cannot be one. */
    devAsOther: (args) => {
      if (!isRoot) return { code: null, stdout: '', output: '' };
      const user = ['--reuid', String(OTHER_USER), '--regid', String(OTHER_USER), '--clear-groups'];
      return runCommand('/usr/bin/setpriv', {
        args: [...user, join(root, 'dev'), ...args],
        cwd: root,
        killAfterMs: COMMAND_LIMIT_MS,
        environment: { PATH: process.env.PATH, HOME: home, TMPDIR: home },
      });
    },
    /** Takes the logs away, and remembers since when there are new ones. */
    withoutLogs(remove) {
      remove();
      logsLostAt = Date.now();
      return [];
    },
    get hasLostLogs() {
      return Number.isFinite(logsLostAt);
    },
    /** Whether a life, `PID@BEGIN`, has all its lines in a log that is still there. */
    isLogged: (life) => Number(life.split('@')[1]) > logsLostAt + LAUNCHED_WITHIN_MS,
    async end({ keep }) {
      await dev(['kill']);
      await strangers.endAll();
      if (keep) return;
      if (hasOwnDisk) spawnSync('umount', ['-l', root]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
