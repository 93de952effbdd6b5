import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Failure } from '../../src/runtime/state/lifecycle.ts';
import { configFile, type Services, server } from '../rig/config.ts';
import { createEngineProject } from '../rig/fake-engine.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import type { Project } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { killSupervisor, pidOf, projectWith, start } from './fault-project.ts';
import { holdPort } from './holder.ts';
import { mayMount, mount, remountReadOnly, unmount } from './mounts.ts';

/*
 * Each failure is made to happen, and what its message advises is done: as a command where it names one, as an edit
 * where it names a key or a file.
 */

interface Failed {
  readonly project: Project;
  /** What was said about it. */
  readonly said: string;
  /** Does what `advised` found in that. */
  readonly mend: (...found: readonly string[]) => unknown;
}

type Case =
  | {
      /** Makes it happen. */
      readonly fail: () => Promise<Failed>;
      readonly advised: RegExp;
      /** What is started at the end, unless a command was advised. */
      readonly then?: readonly string[];
    }
  | { readonly why: string };

// biome-ignore lint/suspicious/noTemplateCurlyInString: devgen's, not JavaScript's
const [AT, REQUIRED] = ['${WEB_AT}', '${KEY:?must be set}'];
const SERVER = "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')";

function configure(project: Project, services: Services): void {
  project.write('devgen.config.yaml', configFile(services)['devgen.config.yaml'] ?? '');
}

/** A project whose `web` cannot be started, and which the config of `mended` helps. */
async function failing(
  broken: Readonly<Record<string, unknown>>,
  reason: Failure['reason'],
  prepare: (project: Project, port: number) => unknown = () => undefined,
) {
  const port = await reservePort();
  const project = await projectWith({ web: { ...server('web', port), ...broken } });
  await prepare(project, port);
  const said = await refusal(project, reason);
  const mended = () => configure(project, { web: server('web', port) });
  return { project, port, said, mended };
}

/** What a start says that fails for this reason. */
async function refusal(project: Project, reason: Failure['reason'], ...names: readonly string[]): Promise<string> {
  const args = ['start', ...(names.length === 0 ? ['web'] : names)];
  const failed = await project.dev(args);
  expect(failed.code, failed.stderr).not.toBe(0);
  const json = await project.dev([...args, '--json']);
  expect(json.stdout).toContain(`"reason":"${reason}"`);
  return failed.stderr;
}

/** A project whose `web` runs this program, and what `start` says once it has gone wrong. */
async function fallingIll(program: string, config: Readonly<Record<string, unknown>>, reason: Failure['reason']) {
  const port = await reservePort();
  const project = await projectWith({ web: { command: 'node web.js', port, ...config } });
  project.write('web.js', program);
  await start(project);
  project.write('ill', '');
  await waitUntil(() => project.read('logs/web_status.json').includes(`"${reason}"`));
  return { project, port };
}

/** A container's project whose engine is down, as `programs/docker.mjs` is told by a file. */
async function withoutEngine(): Promise<Failed> {
  const port = await reservePort();
  const { project } = await createEngineProject(configFile({ web: { container: 'db', port } }), { db: { port } });
  project.write('engine/down', '');
  const said = await refusal(project, 'engine-down');
  return { project, said, mend: () => rmSync(join(project.root, 'engine/down')) };
}

const heal = (project: Project): void => rmSync(join(project.root, 'ill'));

const CASES: Readonly<Record<Failure['reason'], Case>> = {
  'command-not-found': {
    advised: /correct `command` of `web` in the config/,
    async fail() {
      const { mended, ...failed } = await failing({ command: 'no-such-server' }, 'command-not-found');
      return { ...failed, mend: mended };
    },
  },
  'spawn-failed': {
    advised: /must be executable \(`(chmod \+x) FILE`\)/,
    async fail() {
      const failed = await failing({ command: './web.sh' }, 'spawn-failed', (project) =>
        project.write('web.sh', '#!/bin/sh\nexec node programs/server.mjs\n', 0o644),
      );
      return { ...failed, mend: () => failed.project.write('web.sh', failed.project.read('web.sh'), 0o755) };
    },
  },
  'cwd-missing': {
    advised: /Correct `cwd` of `web` in the config/,
    async fail() {
      const { mended, ...failed } = await failing({ cwd: 'nowhere' }, 'cwd-missing');
      return { ...failed, mend: mended };
    },
  },
  'before-failed': {
    advised: /Mend that, or correct `before` of `web` in the config; `\.\/dev (.*?)` runs it again/,
    async fail() {
      const failed = await failing({ before: 'test -e migrated' }, 'before-failed');
      return { ...failed, mend: () => failed.project.write('migrated', '') };
    },
  },
  'before-timeout': {
    advised: /`\.\/dev (.*?)` gives it longer/,
    async fail() {
      const failed = await failing({ before: 'sleep 1', health: { startTimeout: '300ms' } }, 'before-timeout');
      return { ...failed, mend: () => undefined };
    },
  },
  'wait-for-timeout': {
    advised: /Start what listens there/,
    async fail() {
      const database = await reservePort();
      const waiting = { waitFor: [`tcp:127.0.0.1:${database}`], health: { startTimeout: '500ms' } };
      const { project, port, said } = await failing(waiting, 'wait-for-timeout');
      const mend = async () => {
        await startStranger(database);
        configure(project, { web: { ...server('web', port), waitFor: waiting.waitFor } });
      };
      return { project, said, mend };
    },
  },
  'dependency-failed': {
    advised: /Once `db` is mended, `\.\/dev (.*?)` begins both anew/,
    async fail() {
      const [port, other] = [await reservePort(), await reservePort()];
      const db = { command: 'sh db.sh', port: other };
      const project = await projectWith({ db, web: { ...server('web', port), dependsOn: ['db'] } });
      project.write('db.sh', 'exit 1\n');
      const said = await refusal(project, 'dependency-failed');
      return { project, said, mend: () => project.write('db.sh', 'exec node programs/server.mjs\n') };
    },
  },
  exited: {
    advised: /`served` is not installed: `(npm install)`/,
    async fail() {
      const failed = await failing({ command: 'node web.js' }, 'exited', (project) => {
        project.write('web.js', "require('served')");
        project.write('package.json', '{ "dependencies": { "served": "file:./served" } }');
        project.write('served/package.json', '{ "name": "served", "version": "1.0.0" }');
        project.write('served/index.js', SERVER);
      });
      // What `npm install` does for a package that lies beside it, without the seconds that it takes.
      const mend = () => {
        mkdirSync(join(failed.project.root, 'node_modules'));
        renameSync(join(failed.project.root, 'served'), join(failed.project.root, 'node_modules/served'));
      };
      return { ...failed, mend };
    },
  },
  'ended-unseen': {
    advised: /`\.\/dev (.*?)` starts it again/,
    async fail() {
      const [port, other] = [await reservePort(), await reservePort()];
      const project = await projectWith({ web: server('web', port), other: server('other', other) });
      await start(project);
      const pid = pidOf(project, 'web');
      await killSupervisor(project);
      killQuietly(pid);
      await start(project, 'other');
      expect(project.read('logs/web_status.json')).toContain('"ended-unseen"');
      const said = (await project.dev(['status', 'web'])).stdout;
      return { project, said, mend: () => undefined };
    },
  },
  'start-timeout': {
    advised: /`\.\/dev (.*?)` starts it anew and waits longer/,
    async fail() {
      const slow = { command: 'node programs/server.mjs --unready 1500', health: { http: '/', startTimeout: '500ms' } };
      const failed = await failing(slow, 'start-timeout');
      return { ...failed, mend: () => undefined };
    },
  },
  'port-conflict': {
    advised: /`\.\/dev (.*?)` takes \d+ back/,
    async fail() {
      const failed = await failing({ onConflict: 'fail' }, 'port-conflict', (_, port) => holdPort('127.0.0.1', port));
      return { ...failed, mend: () => undefined };
    },
  },
  'port-invalid': {
    advised: /A port is a number from 1 to 65535/,
    async fail() {
      const failed = await failing({ port: AT }, 'port-invalid', (project) => project.write('.env', 'WEB_AT=99999\n'));
      return { ...failed, mend: () => failed.project.write('.env', `WEB_AT=${failed.port}\n`) };
    },
  },
  'port-stolen': {
    advised: /`\.\/dev (.*?)` takes \d+ back/,
    async fail() {
      const port = await reservePort();
      const project = await projectWith({ web: { command: 'python3 programs/web.py --reuse-port', port } });
      await start(project);
      await holdPort('reuse', port);
      return { project, said: await refusal(project, 'port-stolen'), mend: () => undefined };
    },
  },
  'crash-loop': {
    advised: /Mend that; `\.\/dev (.*?)` begins anew/,
    async fail() {
      const program = `${SERVER}; setInterval(() => require('fs').existsSync('ill') && process.exit(1), 20)`;
      const restart = { maxRestarts: 1, backoff: { initial: '10ms' } };
      const { project } = await fallingIll(program, { restart }, 'crash-loop');
      return { project, said: (await project.dev(['status'])).stdout, mend: () => heal(project) };
    },
  },
  unhealthy: {
    advised: /`\.\/dev (.*?)` starts it anew/,
    async fail() {
      const answer = "(q, r) => { ill ||= require('fs').existsSync('ill'); r.statusCode = ill ? 500 : 200; r.end() }";
      const program = `let ill; require('http').createServer(${answer}).listen(process.env.PORT, '127.0.0.1')`;
      const health = { http: '/', period: '100ms', failureThreshold: 1 };
      const { project } = await fallingIll(program, { health }, 'unhealthy');
      return { project, said: await refusal(project, 'unhealthy'), mend: () => heal(project) };
    },
  },
  'not-listening': {
    advised: /`\.\/dev (.*?)` starts it anew/,
    async fail() {
      const program = `const s = ${SERVER}; setInterval(() => require('fs').existsSync('ill') && s.close(), 20)`;
      const { project } = await fallingIll(program, {}, 'not-listening');
      return { project, said: await refusal(project, 'not-listening'), mend: () => heal(project) };
    },
  },
  'stop-incomplete': { why: 'no process of this user survives SIGKILL; other-user.test.ts has one of root' },
  'state-unwritable': {
    advised: /It must belong to you and be writable/,
    async fail() {
      const project = await projectWith({ web: server('web', await reservePort()) });
      const records = join(project.root, 'logs/.devgen/runs');
      mkdirSync(records, { recursive: true });
      chmodSync(records, 0o500);
      // Root writes all the same.
      if (mayMount) {
        mount(records, '--bind', records);
        remountReadOnly(records);
      }
      const { code, stderr: said } = await project.dev(['start', 'web']);
      expect(code).toBe(1);
      const mend = () => {
        if (mayMount) unmount(records);
        chmodSync(records, 0o700);
      };
      return { project, said, mend };
    },
  },
  'record-unreadable': {
    advised: /if nothing is, remove that file/,
    async fail() {
      const record = 'logs/.devgen/runs/web.json';
      const failed = await failing({}, 'record-unreadable', (project) => project.write(record, '{'));
      return { ...failed, mend: () => rmSync(join(failed.project.root, record)) };
    },
  },
  'environment-invalid': {
    advised: /Set it in the shell, in `(.*?)`/,
    async fail() {
      const failed = await failing({ env: { KEY_OF_WEB: REQUIRED } }, 'environment-invalid');
      return { ...failed, mend: (file = '') => failed.project.write(file, 'KEY=value\n') };
    },
  },
  'starts-itself': {
    advised: /Write in `command` of `web` in the config what starts its own server/,
    async fail() {
      const port = await reservePort();
      const project = await projectWith({ web: { command: './dev start web', port } });
      const { stderr } = await project.dev(['start', 'web']);
      expect(stderr).toContain('that would go on for ever');
      return { project, said: stderr, mend: () => configure(project, { web: server('web', port) }) };
    },
  },
  'address-invalid': {
    advised: /set its variables in the shell, in `(.*?)`/,
    async fail() {
      const failed = await failing({ waitFor: ['tcp:$DB_AT'] }, 'address-invalid');
      const database = await reservePort();
      const mend = async (file = '') => {
        await startStranger(database);
        failed.project.write(file, `DB_AT=127.0.0.1:${database}\n`);
      };
      return { ...failed, mend };
    },
  },
  blocked: {
    advised: /`\.\/dev (.*?)` goes without what `web` does not need/,
    async fail() {
      const [port, taken] = [await reservePort(), await reservePort()];
      const api = { ...server('api', taken), onConflict: 'fail' };
      const project = await projectWith({ web: server('web', port), api });
      await holdPort('127.0.0.1', taken);
      return { project, said: await refusal(project, 'blocked', 'web', 'api'), mend: () => undefined };
    },
  },
  'memory-exceeded': {
    advised: /`maxMemory` under its `restart` in the config is the limit; `\.\/dev (.*?)` starts it again/,
    async fail() {
      const grow = "require('fs').existsSync('ill') && (hoard ||= Buffer.alloc(150 * 2 ** 20, 1))";
      const program = `let hoard; ${SERVER}; setInterval(() => ${grow}, 20)`;
      const config = { restart: { policy: 'never', maxMemory: '120MB' }, health: { period: '100ms' } };
      const { project, port } = await fallingIll(program, config, 'memory-exceeded');
      await waitUntil(() => project.status('web').state === 'failed');
      const mend = () => configure(project, { web: { command: 'node web.js', port, restart: { maxMemory: '1GB' } } });
      return { project, said: (await project.dev(['status'])).stdout, mend };
    },
  },
  'too-slow': {
    advised: /`\.\/dev (.*?)` starts it anew; `critical` under its `health` in the config is where that begins/,
    async fail() {
      const answer = "(q, r) => setTimeout(() => r.end(), require('fs').existsSync('ill') ? 800 : 0)";
      const program = `require('http').createServer(${answer}).listen(process.env.PORT, '127.0.0.1')`;
      const health = { http: '/', period: '100ms', failureThreshold: 1, slow: '200ms', critical: '500ms' };
      const { project, port } = await fallingIll(program, { health }, 'too-slow');
      const mend = () => configure(project, { web: { command: 'node web.js', port } });
      return { project, said: (await project.dev(['start', 'web'])).stderr, mend };
    },
  },
  'compose-missing': {
    advised: /Install one of them/,
    async fail() {
      const port = await reservePort();
      const { project } = await createEngineProject(configFile({ web: { container: 'db', port } }), { db: { port } });
      project.write('engine/no-compose', '');
      // The machine may have these.
      for (const name of ['docker-compose', 'podman']) project.write(`bin/${name}`, '#!/bin/sh\nexit 127\n', 0o755);
      const said = await refusal(project, 'compose-missing');
      return { project, said, mend: () => rmSync(join(project.root, 'engine/no-compose')) };
    },
  },
  'engine-down': {
    advised: /Start it/,
    fail: withoutEngine,
  },
  'compose-failed': {
    advised: /Mend that; `\.\/dev (.*?)` begins anew/,
    async fail() {
      const port = await reservePort();
      const files = configFile({ web: { container: 'db', port } });
      const { project, define } = await createEngineProject(files, { db: { port, missing: true } });
      return { project, said: await refusal(project, 'compose-failed'), mend: () => define('db', { port }) };
    },
  },
  'compose-file-unreadable': {
    advised: /Put a file there; `\.\/dev (.*?)` begins anew/,
    async fail() {
      const port = await reservePort();
      const { project } = await createEngineProject(configFile({ web: { container: 'db', port } }), { db: { port } });
      const file = join(project.root, 'compose.yaml');
      execFileSync('mkfifo', [file]);
      const said = await refusal(project, 'compose-file-unreadable');
      const mend = () => {
        rmSync(file);
        project.write('compose.yaml', '');
      };
      return { project, said, mend };
    },
  },
  cancelled: {
    advised: /`\.\/dev (.*?)` starts it again/,
    async fail() {
      const before = 'sh -c "until [ -e go ]; do sleep 0.05; done"';
      const project = await projectWith({ web: { ...server('web', await reservePort()), before } });
      const starting = project.dev(['start', 'web']);
      await waitUntil(() => project.read('logs/events.ndjson').includes('"reason":"before"'));
      await project.dev(['stop']);
      const { stdout, stderr } = await starting;
      return { project, said: stdout + stderr, mend: () => project.write('go', '') };
    },
  },
};

for (const [reason, each] of Object.entries(CASES)) {
  if ('why' in each) {
    test.skip(`what the message of \`${reason}\` advises: ${each.why}`);
    continue;
  }
  test(`what the message of \`${reason}\` advises helps`, async () => {
    const { project, said, mend } = await each.fail();
    const advice = each.advised.exec(said);
    expect(advice, said).not.toBeNull();
    const [, ...found] = advice ?? [];
    await mend(...found);

    const command = found.find((words) => /^(start|restart|web) /.test(words)) ?? 'start web';
    const helped = await project.dev([...command.split(' '), ...(command.startsWith('web') ? ['-d'] : [])]);

    expect(helped, helped.stderr).toMatchObject({ code: 0 });
    expect(project.status('web').state).toBe('ready');
  });
}
