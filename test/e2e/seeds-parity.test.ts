import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, isPortFree } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { createProject, type Project, repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { type Stranger, startStranger } from '../rig/stranger.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

const document = readFileSync(join(repository, 'docs/seeds-parity.md'), 'utf8');

interface Walk {
  readonly project: Project;
  readonly port: number;
  /** Runs `./dev …`, which must succeed, and gives its stdout. */
  dev(...words: readonly string[]): Promise<string>;
  json(...words: readonly string[]): Promise<Record<string, never>>;
  pid(service?: string): number;
  /** Gives the backend these keys in the config, until the row is done. */
  configure(changes: object): void;
  /** A server that devgen did not start, on the backend's port, until the row is done. */
  stranger(
    ...start: Parameters<typeof startStranger> extends [unknown, ...infer Rest] ? Rest : never
  ): Promise<Stranger>;
  readonly strangers: Stranger[];
}

type Row = (walk: Walk) => Promise<void>;

const up: Row = async ({ dev }) => void (await dev('start'));

/** What each row does on a project whose backend and frontend run before it. */
const ROWS: Readonly<Record<string, Row>> = {
  'S0.1': async ({ dev, json }) => {
    for (const verb of ['start', 'restart', 'status', 'health']) await dev(verb);
    expect(await json('status')).toMatchObject({ services: [{ state: 'ready' }, { state: 'ready' }] });
  },
  'S0.2': async (walk) => {
    await walk.dev('stop');
    const stranger = await walk.stranger();
    await walk.dev('start', 'backend');
    expect(walk.project.status('backend').port).not.toBe(walk.port);
    expect(stranger.isAlive()).toBe(true);
    await walk.dev('start', 'backend', '--force');
    expect(walk.project.status('backend').port).toBe(walk.port);
    expect(stranger.isAlive()).toBe(false);
  },
  'S0.3': async ({ project, pid }) => {
    expect(project.read('logs/backend.pid').trim()).toBe(String(pid()));
    expect((await project.dev(['doctor'])).stdout).toContain('processes');
  },
  'S0.4': async ({ json }) => {
    expect(await json('health', 'backend')).toMatchObject({ services: [{ verdict: 'healthy' }] });
    expect(await json('config', 'get', 'services.backend.health.timeout')).toMatchObject({ value: '5s' });
  },
  'S0.5': async ({ project }) => {
    const coloured = await project.dev(['logs'], { environment: { FORCE_COLOR: '1' } });
    expect(coloured.stdout).toContain('\u001b[');
  },
  'S0.6': async ({ project }) => {
    const line = `source '${project.root}/scripts/aliases.sh'; cd /; bot-status && bot-health`;
    const used = await run('bash', ['-O', 'expand_aliases', '-c', line], {
      cwd: '/',
      environment: project.environment,
    });
    expect(used, used.stderr).toMatchObject({ code: 0 });
  },
  'S0.7': async ({ dev, pid }) => {
    const before = pid();
    await dev('kill', 'backend');
    expect(isLiving(before)).toBe(false);
  },
  'S0.8': async (walk) => {
    const { dev, json, port, project } = walk;
    expect(await json('port', String(port))).toMatchObject({ holders: [{ relation: { service: 'backend' } }] });
    await dev('stop', 'backend');
    const { isAlive } = await walk.stranger(['--name', 'backend'], project.root);
    const told = 'what looks like `backend` of this project, started by hand: `';
    expect(await dev('port', String(port))).toContain(told);
    expect((await project.dev(['start', 'backend'])).stderr).toContain(told);
    expect([isAlive(), project.status('backend').port === port]).toEqual([true, false]);
  },
  'S0.9': async ({ project, dev }) => {
    const before = project.read('devgen.config.yaml');
    await dev('config', 'set', 'logs.keep', '5');
    const copies = readdirSync(join(project.root, '.devgen/backups'))
      .map((copy) => `.devgen/backups/${copy}/devgen.config.yaml`)
      .filter((copy) => existsSync(join(project.root, copy)));
    expect(copies.map(project.read)).toContain(before);
    project.write('devgen.config.yaml', before);
  },
  'S0.10': async (walk) => {
    await walk.dev('stop');
    const { pid } = await walk.stranger();
    expect((await walk.project.dev(['doctor'])).stdout).toMatch(new RegExp(`port ${walk.port} .*pid ${pid}`));
  },
  'S0.11': async ({ dev, port }) => {
    expect(await dev('status', '--graph')).toContain(`└─▶ backend :${port}  calls it (API)`);
  },
  'S0.12': async ({ dev, pid }) => {
    const before = pid();
    await dev('restart', 'backend', '--force');
    expect(pid()).not.toBe(before);
  },
  'S1.1': async ({ dev, json, project, pid, configure }) => {
    const { supervisor } = project.status('backend');
    expect(await json('status', 'backend', '--detailed')).toMatchObject({
      services: [{ supervisor: { pid: supervisor?.pid } }],
    });
    configure({ restart: { backoff: { initial: '150ms' } } });
    await dev('restart', 'backend');
    for (let crash = 0; crash < 2; crash++) {
      const before = pid();
      killQuietly(before);
      await waitUntil(() => pid() !== before && project.status('backend').state === 'ready');
    }
    const delays = (await events(json)).flatMap(({ delayMs }) => delayMs ?? []);
    expect(delays.slice(-2)).toEqual([0, 150]);
  },
  'S1.2': async ({ project, json, configure }) => {
    configure({ health: { period: `\${MONITOR_INTERVAL:-30s}` } });
    const setting = 'services.backend.health.period';
    expect(await json('config', 'get', setting)).toMatchObject({ value: '30s', source: { kind: 'config' } });
    project.write('.env', 'MONITOR_INTERVAL=2m\n');
    const source = { kind: 'variable', name: 'MONITOR_INTERVAL of an env file' };
    expect(await json('config', 'get', setting)).toMatchObject({ value: '2m', source });
    const port = await reservePort();
    const environment = { MONITOR_INTERVAL: '300ms', BACKEND_PORT: String(port) };
    expect(await project.dev(['restart', 'backend'], { environment })).toMatchObject({ code: 0 });
    expect(project.status('backend').port).toBe(port);
    // Far more often than once in the 30 s or 2 min of before.
    const probes = () => project.read('logs/backend.log').split('GET /').length;
    const before = probes();
    await waitUntil(() => probes() > before + 3);
    expect(await project.dev(['status'], { environment: { MONITOR_INTERVAL: 'soon' } })).toMatchObject({
      stderr: expect.stringContaining('must be a duration'),
    });
  },
  'S1.3': async ({ project, dev, json, pid, configure }) => {
    expect(await json('config', 'get', 'services.backend.restart.on')).toMatchObject({ value: ['crash', 'memory'] });
    const health = { command: 'test ! -e sick', period: '100ms', failureThreshold: 1 };
    configure({ health, restart: { on: ['crash', 'unhealthy'] } });
    await dev('restart', 'backend');
    const before = pid();
    project.write('sick', '');
    await waitUntil(() => pid() !== before);
    rmSync(join(project.root, 'sick'));
    await waitUntil(() => project.status('backend').state === 'ready');
    expect((await events(json)).map(({ kind }) => kind)).toContain('unhealthy');
  },
  'S1.4': async ({ json }) => {
    expect(await json('health', 'backend')).toMatchObject({ services: [{ grade: expect.any(String) }] });
    expect(await json('metrics')).toMatchObject({ systemUptimeMs: expect.any(Number) });
  },
  'S1.5': async ({ dev }) => {
    expect(await dev('status')).toMatch(/^SERVICE +STATE/);
    expect(await dev('status', '--detailed')).toMatch(/^ {2}listens on/m);
    expect(await dev('status', '--resources')).toMatch(/CPU +MEMORY/);
    expect(await dev('status', '--all')).toContain('this machine');
  },
  'S1.6': async ({ project, dev, json }) => {
    const since = new Date().toISOString();
    await project.dev(['restart', 'backend'], { environment: { DEBUG: 'true' } });
    expect(await dev('logs', '--own', '--since', since)).toMatch(/^\S+Z DEBUG backend/m);
    expect(await json('logs', '--own', '-n', '1')).toMatchObject({ lines: [{ service: 'devgen' }] });
    expect(await dev('logs', '--own', 'backend')).toMatch(/^backend \|[\s\S]*^devgen {2}\|/m);
    expect(await dev('logs', '--timestamps', 'backend')).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await dev('history', 'backend')).toContain('ready at');
  },
  'S1.7': async ({ project, json, dev }) => {
    expect(statSync(join(project.root, 'logs/backend.log')).mode & 0o777).toBe(0o600);
    expect(await json('config', 'get', 'logs.maxAge')).toMatchObject({ value: '720h' });
    expect(await dev('clean', '--older', '30d')).toMatch(/^removed 0 log files/);
  },
  'S1.8': async ({ dev, json, pid, configure }) => {
    configure({ restart: { maxMemory: '2GB' }, nice: 10 });
    await dev('restart', 'backend', '--timeout', '30s');
    expect(await json('health', 'backend')).toMatchObject({ services: [{ verdict: 'healthy' }] });
    expect(getPriority(pid())).toBe(Math.min(19, getPriority() + 10));
  },
  'S1.9': async ({ project, dev }) => {
    expect(await dev('hooks', 'test')).toBe('command  told\n');
    expect(JSON.parse(project.read('alert.json'))).toMatchObject({ kind: 'test', project: 'test' });
  },
  'S1.10': async ({ dev }) => expect(await dev('run', 'hello')).toContain('from the virtual environment'),
  'S1.11': async ({ project }) => {
    expect((await project.devgen(['export', 'systemd'])).stdout).toContain('[Service]');
    expect((await project.devgen(['export', 'launchd'])).stdout).toContain('<plist');
  },
  'S1.12': async ({ project, dev }) => {
    await dev('clean', '--all');
    expect(existsSync(join(project.root, 'logs'))).toBe(false);
  },
  'S1.13': async ({ json }) => {
    const { events } = await json('history', '--since', '7d');
    expect(events).not.toEqual([]);
    expect(await json('metrics', 'backend')).toMatchObject({ services: [{ startups: expect.any(Array) }] });
  },
  'S2.1': async ({ project, dev, pid }) => {
    const port = await reservePort();
    await dev('restart', 'backend', '--port', String(port));
    expect(project.status('backend').port).toBe(port);
    const other = await reservePort();
    const stranger = await startStranger(other);
    await dev('kill-port', String(other), '--yes');
    expect(stranger.isAlive()).toBe(false);
    expect(isLiving(pid())).toBe(true);
  },
  'S2.2': async ({ project }) => {
    const actions = ['', '-stop', '-kill', '-restart', '-status', '-force'].map((action) => `backend${action}`);
    const targets = [...actions, 'frontend', 'dev', 'logs', 'logs-errors', 'status', 'health', 'stop', 'clean', 'help'];
    for (const target of targets) expect(await project.make(['-n', target]), target).toMatchObject({ code: 0 });
    expect(await project.make(['backend-restart'])).toMatchObject({ code: 0 });
  },
  'S2.3': async ({ dev }) => {
    await dev('backend');
    await dev('backend-kill');
    await dev('-d');
  },
  'S2.4': async (walk) => {
    await walk.dev('stop');
    walk.configure({ onConflict: { policy: 'kill', grace: '2s' } });
    const stranger = await walk.stranger();
    await walk.dev('start', 'backend');
    expect(stranger.isAlive()).toBe(false);
    expect(walk.project.status('backend').port).toBe(walk.port);
  },
  'S2.5': async ({ project }) => {
    for (const file of ['backend.log', 'backend_status.json', 'backend.pid']) {
      expect(existsSync(join(project.root, 'logs', file)), file).toBe(true);
    }
    expect(project.read('.gitignore')).toMatch(/^\/?logs\/$/m);
  },
  'S2.6': async ({ project }) => {
    expect(JSON.parse(project.read('package.json')).scripts).toMatchObject({ dev: expect.stringContaining('up') });
  },
  'S2.7': async ({ project, dev }) => {
    const port = await reservePort();
    await dev('stop', 'frontend');
    await dev('frontend', '--port', String(port), '-d');
    expect(project.status('frontend').port).toBe(port);
  },
  'S2.8': async ({ project, pid }) => {
    const before = pid();
    expect(await project.make(['backend-force'])).toMatchObject({ code: 0 });
    expect(pid()).not.toBe(before);
  },
  'S2.9': async ({ project, dev }) => {
    expect(project.read('DEVELOPMENT.md')).toContain('mermaid');
    for (const shell of ['bash', 'zsh', 'fish']) expect(await dev('completion', shell)).not.toBe('');
  },
  'S2.10': async ({ json }) => {
    expect(await json('metrics')).toMatchObject({
      services: [{ startups: expect.arrayContaining([{ at: expect.any(String), startupMs: expect.any(Number) }]) }, {}],
    });
  },
  'S2.11': async ({ project, dev }) => {
    const port = await reservePort();
    project.write('.env', `BACKEND_PORT=${port}\n`);
    expect(await dev('reload', '--dry-run')).toContain(
      `frontend: restart too, because \`backend\` is to have port ${port}`,
    );
    await dev('reload');
    expect(project.status('backend').port).toBe(port);
    expect((await project.devgen(['export', 'compose'])).stdout).toContain('services:');
  },
  'S3.1': async ({ dev, json }) => {
    expect((await dev('logs', 'backend', '--lines', '1')).trim().split('\n')).toHaveLength(1);
    await dev('config', 'set', 'logs.keep', '4');
    expect(await json('config', 'get', 'logs.keep')).toMatchObject({ value: 4 });
  },
  'S3.2': async ({ project, port, dev }) => {
    const { stdout, stderr } = await project.dev(['stop', 'backend']);
    expect(stdout + stderr).toMatch(/stopping: SIGTERM to pid \d+/);
    const started = await project.dev(['start', 'backend']);
    expect(started.stdout + started.stderr).toMatch(
      new RegExp(`pid \\d+, http://localhost:${port}, log logs/backend.log`),
    );
    const docs = `http://localhost:${port}/docs`;
    expect(started.stdout).toContain(`\n  docs: ${docs}\n`);
    expect(await dev('status', 'backend', '--detailed')).toMatch(new RegExp(`^ {2}docs +${docs}$`, 'm'));
    expect(await dev('url', 'backend', '--docs')).toBe(`${docs}\n`);
  },
  'S3.3': async (walk) => {
    const facts = await walk.dev('status', 'backend', '--detailed', '--resources');
    for (const label of ['pid', 'up for', 'processor', 'memory', 'listens on', 'log']) {
      expect(facts).toMatch(new RegExp(`^ {2}${label} +\\S`, 'm'));
    }
    await walk.dev('stop', 'backend');
    expect((await walk.project.dev(['status', '--detailed'])).stdout).toMatch(/^ {2}its port +\d+ is free$/m);
  },
  'S3.4': async ({ project, pid }) => {
    for (const each of [project.status('backend').supervisor?.pid ?? 0, pid()]) killQuietly(each);
    await waitUntil(() => !isLiving(pid()));
    expect((await project.dev(['status', 'backend'])).stdout).toMatch(/^backend +crashed/m);
  },
  'S3.5': async ({ project, port }) => {
    expect(await project.dev(['kill-port', String(port), '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('./dev stop backend'),
    });
  },
  'S3.6': async ({ project, dev, port, configure }) => {
    const command = 'node programs/server.mjs --name backend --host';
    configure({ host: '127.0.0.1', command: `${command} $HOST` });
    expect((await project.dev(['restart', 'backend'])).stderr).not.toContain('its `host`');
    expect(await dev('url', 'backend')).toBe(`http://127.0.0.1:${port}\n`);
    configure({ host: '0.0.0.0', command: `${command} 127.0.0.1` });
    expect((await project.dev(['restart', 'backend'])).stderr).toContain(
      'backend: listens on 127.0.0.1 only, not on 0.0.0.0, which is its `host`\n',
    );
  },
  'S3.7': async ({ project, dev }) => {
    await dev('stop');
    expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  },
  'S3.8': async ({ project, dev }) => {
    await dev('restart', 'backend');
    expect(project.read('logs/backend.log').match(/backend: listening/g)?.length).toBeGreaterThan(1);
  },
  'S3.9': async ({ project, pid, dev, json, port, configure }) => {
    const before = pid();
    killQuietly(before);
    await waitUntil(() => pid() !== before && project.status('backend').state === 'ready');
    await waitUntil(() => JSON.parse(project.read('alert.json')).kind === 'recovered');
    await dev('stop');
    configure({ instances: 3 });
    await dev('start', 'frontend');
    const numbers = [1, 2, 3];
    const pids = numbers.map((number) => pid(`backend.${number}`));
    const answers = await Promise.all(numbers.map((number) => ask(`http://127.0.0.1:${port + number - 1}/`)));
    expect(answers.map((answer) => answer.pid)).toEqual(pids);
    expect(project.read('logs/backend.3.log')).toContain('backend: listening');
    expect((await json('env')).variables).toMatchObject({
      ...{ BACKEND_PORT: String(port), BACKEND_1_PORT: String(port), BACKEND_3_PORT: String(port + 2) },
    });
    await dev('restart', 'backend');
    expect(pids.map(isLiving)).toEqual([false, false, false]);
    await dev('backend.2-stop');
    expect(numbers.map((number) => project.status(`backend.${number}`).state)).toEqual(['ready', 'down', 'ready']);
    await dev('stop', 'backend');
    expect(numbers.map((number) => project.status(`backend.${number}`).state)).toEqual(['down', 'down', 'down']);
    expect(project.status('frontend').state).toBe('ready');
    await dev('stop');
  },
  'S4.1': async ({ project, dev, pid }) => {
    await dev('stop');
    const terminal = openTerminal(project, './dev');
    await terminal.see('o open');
    const running = pid();
    terminal.press(CTRL_C);
    await terminal.exited;
    expect(isLiving(running)).toBe(false);
  },
  'S4.2': async ({ project, dev, pid, port }) => {
    const running = pid();
    expect(await dev('stop')).toMatch(/^backend: stopped \(/m);
    expect([isLiving(running), await isPortFree(port)]).toEqual([false, true]);
    expect(project.status('backend').state).toBe('down');
  },
  'S4.3': async ({ project, pid }) => {
    const running = pid();
    expect(await project.dev(['nuke', '--yes'])).toMatchObject({ code: 0 });
    expect(isLiving(running)).toBe(false);
  },
  'S4.4': async ({ pid }) => {
    const [, session] = /^\d+ \(.*\) \S \d+ \d+ (\d+)/.exec(readFileSync(`/proc/${pid()}/stat`, 'utf8')) ?? [];
    expect(Number(session)).toBe(pid());
  },
  'S4.5': async ({ project, port }) => {
    await project.dev(['stop']);
    expect((await project.dev(['port', String(port)])).stdout).toBe(`port ${port} is free\n`);
    expect((await project.dev(['doctor'])).stdout).toContain('machine');
  },
  'S4.6': async ({ project, dev, port }) => {
    await dev('stop');
    await Promise.all([project.dev(['start', 'backend']), project.dev(['start', 'backend'])]);
    expect(await ask(`http://127.0.0.1:${port}/`)).toMatchObject({ pid: project.status('backend').pid });
    expect(project.processes().filter(({ command }) => command.includes('--name backend'))).toHaveLength(1);
  },
};

/** What is refused of the rows that take anything: the words, and the code of what is said. */
const REFUSED: Readonly<Record<string, readonly [line: string, code: string]>> = {
  'S0.1': ['restart nobody', 'usage/unknown-service'],
  'S0.2': ['start --froce', 'usage/unknown-option'],
  'S0.4': ['config set services.backend.health {"timeout":"soon"}', 'config/invalid-value'],
  'S0.5': ['logs --lines many', 'usage/bad-number'],
  'S0.8': ['port 70000', 'usage/bad-port'],
  'S0.9': ['config set services.backend.prot 1', 'config/unknown-key'],
  'S0.11': ['status --graf', 'usage/unknown-option'],
  'S1.2': ['config set services.backend.restart {"maxRestarts":-1}', 'config/invalid-value'],
  'S1.3': ['config set services.backend.restart {"on":["sometimes"]}', 'config/invalid-value'],
  'S1.4': ['metrics --since soon', 'usage/bad-time'],
  'S1.7': ['clean --older soon', 'usage/bad-duration'],
  'S1.8': ['config set services.backend.nice 25', 'config/invalid-value'],
  'S1.9': ['config set hooks {"webhook":"ftp://x"}', 'config/invalid-value'],
  'S1.10': ['config set services.backend.cwd /nowhere', 'config/invalid-value'],
  'S1.13': ['history --since yesterday', 'usage/bad-time'],
  'S2.1': ['kill-port http', 'usage/bad-port'],
  'S2.3': ['backend-strat', 'usage/unknown-command'],
  'S2.4': ['config set services.backend.onConflict steal', 'config/invalid-value'],
  'S2.7': ['start --port 9173', 'usage/port-of-which'],
  'S2.11': ['reload nobody', 'usage/unknown-service'],
  'S3.2': ['config set services.backend.docs docs', 'config/invalid-value'],
  'S3.6': ['config set services.backend.host http://x', 'config/invalid-value'],
  'S3.9': ['config set services.backend.instances 200', 'config/invalid-value'],
  'S4.1': ['config set services.backend.open perhaps', 'config/invalid-value'],
  'S4.3': ['nuke --naem node', 'usage/unknown-option'],
};

test('the document has every row, and no other', () => {
  expect([...document.matchAll(/^\| (S\d\.\d+) \|/gm)].map(([, row]) => row)).toEqual(Object.keys(ROWS));
});

test('every row of docs/seeds-parity.md does what it says, and refuses what makes no sense', {
  timeout: 300_000,
}, async () => {
  const walk = await begin();
  const config = walk.project.read('devgen.config.yaml');
  for (const [row, act] of Object.entries(ROWS)) {
    try {
      await up(walk);
      await act(walk);
    } catch (cause) {
      throw new Error(`${row}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    } finally {
      walk.project.write('devgen.config.yaml', config);
      walk.project.write('.env', '');
      for (const { pid } of walk.strangers) killQuietly(pid);
      await waitUntil(() => walk.strangers.every((stranger) => !stranger.isAlive()));
      walk.strangers.length = 0;
    }
  }
  await up(walk);
  const before = walk.pid();
  for (const [row, [line, code]] of Object.entries(REFUSED)) {
    const refused = await walk.project.dev([...line.split(' '), '--json']);
    expect({ row, exit: refused.code, ...JSON.parse(refused.stdout).error }).toMatchObject({ row, exit: 2, code });
  }
  expect([walk.project.read('devgen.config.yaml'), walk.pid(), isLiving(before)]).toEqual([config, before, true]);
});

async function events(json: Walk['json']): Promise<readonly { readonly kind: string; readonly delayMs?: number }[]> {
  return (await json('history', 'backend')).events ?? [];
}

async function begin(): Promise<Walk> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = {
    backend: { ...server('backend', port), docs: '/docs' },
    frontend: { ...server('frontend', pagePort), env: { API: '$BACKEND_URL' }, dependsOn: ['backend'] },
  };
  const rest = { aliases: 'bot', tasks: { hello: { run: 'hello' } }, hooks: { command: 'cat > alert.json' } };
  const project = await createProject({
    files: {
      ...configFile(services, rest),
      '.gitignore': 'node_modules/\n',
      'package.json': '{ "private": true }\n',
    },
    generated: 'everything',
  });
  project.write('.venv/bin/hello', '#!/bin/sh\necho from the virtual environment\n', 0o755);
  const dev: Walk['dev'] = async (...words) => {
    const finished = await project.dev(words, { limitMs: 30_000 });
    expect(finished, `./dev ${words.join(' ')}\n${finished.stdout}${finished.stderr}`).toMatchObject({ code: 0 });
    return finished.stdout;
  };
  const json: Walk['json'] = async (...words) => JSON.parse(await dev(...words, '--json'));
  const strangers: Stranger[] = [];
  return {
    ...{ project, port, dev, json, strangers },
    pid: (service = 'backend') => project.status(service).pid ?? 0,
    configure(changes) {
      const backend = { ...services.backend, ...changes };
      project.write('devgen.config.yaml', configFile({ ...services, backend }, rest)['devgen.config.yaml'] ?? '');
    },
    async stranger(...start) {
      const stranger = await startStranger(port, ...start);
      strangers.push(stranger);
      return stranger;
    },
  };
}
