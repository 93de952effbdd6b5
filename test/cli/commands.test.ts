import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runClean } from '../../src/cli/commands/clean.ts';
import { showEnvironment } from '../../src/cli/commands/env.ts';
import { type LogsCommand, showLogs } from '../../src/cli/commands/logs.ts';
import { type StatusCommand, showStatus } from '../../src/cli/commands/status.ts';
import { showUrl } from '../../src/cli/commands/url.ts';
import { runWait } from '../../src/cli/commands/wait.ts';
import type { CommandContext } from '../../src/cli/context/command-context.ts';
import type { Screen } from '../../src/cli/screen/screen.ts';
import { startTarget } from '../../src/cli/starting/start-request.ts';
import { identityOf, ownIdentity } from '../../src/platform/process-identity.ts';
import { runTag, SUPERVISOR_MARK } from '../../src/platform/run-marks.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { ServiceStatus } from '../../src/runtime/state/service-status.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { planOf, rememberingScreen, servicePlan, viewOf, WORDS } from './fixtures.ts';

const PLAN = planOf(
  servicePlan('backend', { env: { GREETING: "it's $BACKEND_URL" } }),
  servicePlan('frontend', { dependsOn: ['backend'] }),
  servicePlan('worker', { port: { kind: 'none' } }),
);

const RUN = 'a'.repeat(32);
const standIn = spawn('sleep', ['600'], {
  stdio: 'ignore',
  env: { [runTag(RUN)]: '1', [SUPERVISOR_MARK]: '1', PATH: '/bin' },
});

afterAll(() => void standIn.kill());

function project(answers: Screen['answers'] = 'text') {
  const root = temporaryFolder();
  const screen = rememberingScreen(answers);
  const context: CommandContext = {
    checkout: { root, plan: PLAN, environment: { PATH: '/bin' }, runtimeDirectory: root },
    screen,
    words: WORDS,
  };
  const write = (file: string, text: string) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  return {
    root,
    screen,
    context,
    log: (service: string, text: string) => write(pathsOf(root).log(service), text),
    /** A service whose root, and whose supervisor, is one process of this test's. */
    runs(service: string, changes: Partial<ServiceStatus> = {}) {
      const identity = identityOf(standIn.pid ?? 0) ?? expect.fail('it has ended');
      const self = { pid: identity.pid, identity, supervisor: identity, run: RUN };
      const { status } = viewOf({}, { service, ...self, ...changes });
      write(pathsOf(root).status(service), JSON.stringify(status));
    },
    statusFile: (service: string, text: string) => write(pathsOf(root).status(service), text),
  };
}

const STATUS: StatusCommand = {
  kind: 'status',
  names: [],
  detail: 'table',
  resources: 'hidden',
  mode: 'once',
};

/** No process listens for it here. */
const PORTLESS = { port: null, url: null };

describe('status', () => {
  it('succeeds only if everything asked for is ready', () => {
    const { context, runs } = project();
    runs('backend', PORTLESS);
    runs('frontend', { state: 'starting' });
    expect(showStatus({ ...STATUS, names: ['backend'] }, context)).toBe(0);
    expect(showStatus({ ...STATUS, names: ['backend', 'frontend'] }, context)).toBe(1);
    expect(showStatus(STATUS, context)).toBe(1);
  });

  it('names an unknown service and what was meant', () => {
    const { context, screen } = project();
    expect(showStatus({ ...STATUS, names: ['bakend', 'x'] }, context)).toBe(2);
    expect(screen.noteText()).toBe(
      'error: there is no service `bakend`\n  hint: Did you mean `backend`?\n' +
        'error: there is no service `x`\n  hint: The services are `backend`, `frontend`, `worker`.\n2 errors',
    );
  });

  it('does not believe a status whose process is gone', () => {
    const { context, screen, runs } = project('json');
    runs('backend', { identity: { ...ownIdentity(), pid: standIn.pid ?? 0, startTime: 1 }, supervisor: null });
    expect(showStatus({ ...STATUS, names: ['backend'] }, context)).toBe(1);
    expect(JSON.parse(screen.outText())).toMatchObject({
      schemaVersion: 1,
      project: 'shop',
      services: [{ service: 'backend', state: 'crashed', pid: null }],
    });
  });

  it('survives a status file that makes no sense', () => {
    const { context, screen, statusFile } = project();
    statusFile('backend', '{"state": 7');
    expect(showStatus({ ...STATUS, names: ['backend'] }, context)).toBe(1);
    expect(screen.outText()).toContain('its status file makes no sense; `./dev start backend` writes it anew');
  });
});

describe('url', () => {
  it('gives the URL of the service that is named, or of the last that has one', async () => {
    const { context, screen, runs } = project();
    runs('backend');
    runs('frontend', { url: 'http://localhost:5173' });
    expect(await showUrl({ kind: 'url', name: null, of: 'service' }, context)).toBe(0);
    expect(await showUrl({ kind: 'url', name: 'backend', of: 'service' }, context)).toBe(0);
    expect(screen.outText()).toBe('http://localhost:5173\nhttp://localhost:5000');
  });

  it('says why there is none', async () => {
    const { context, screen, runs } = project();
    runs('worker', { url: null, port: null });
    expect(await showUrl({ kind: 'url', name: 'backend', of: 'service' }, context)).toBe(1);
    expect(await showUrl({ kind: 'url', name: 'worker', of: 'service' }, context)).toBe(1);
    expect(screen.noteText()).toBe(
      'error: `backend` does not run\n  hint: `./dev start backend` starts it.\nerror: `worker` has no URL',
    );
  });
});

describe('env', () => {
  it('leads to the ports that the services have, or would want', async () => {
    const { context, screen, runs } = project();
    runs('backend', { port: 5001, url: 'http://localhost:5001' });
    await showEnvironment({ kind: 'env', name: null, shell: 'sh' }, context);
    expect(screen.outText().split('\n').sort()).toEqual([
      'export BACKEND_HOST=localhost',
      'export BACKEND_PORT=5001',
      'export BACKEND_URL=http://localhost:5001',
      `export DEVGEN_EXPORTED='{"BACKEND_PORT":"5001","BACKEND_HOST":"localhost","BACKEND_URL":"http://localhost:5001","FRONTEND_PORT":"5000","FRONTEND_HOST":"localhost","FRONTEND_URL":"http://localhost:5000"}'`,
      'export FRONTEND_HOST=localhost',
      'export FRONTEND_PORT=5000',
      'export FRONTEND_URL=http://localhost:5000',
    ]);
  });

  it('quotes for the shell, and leaves out what the shell has already', async () => {
    const { context, screen } = project();
    await showEnvironment({ kind: 'env', name: 'backend', shell: 'sh' }, context);
    expect(screen.outText()).toContain(`export GREETING='it'\\''s http://localhost:5000'`);
    expect(screen.outText()).not.toContain('export HOME=');
  });

  it('puts the project’s own programs before those of the shell', async () => {
    const { context, screen } = project();
    await showEnvironment({ kind: 'env', name: 'backend', shell: 'sh' }, context);
    expect(screen.outText()).toMatch(/^export PATH=\S+\/node_modules\/\.bin:\S+/m);
  });
});

describe('logs', () => {
  const LOGS: LogsCommand = {
    kind: 'logs',
    names: [],
    mode: 'shown',
    lines: null,
    since: null,
    only: 'all',
    own: 'hidden',
    timestamps: 'hidden',
    length: null,
  };

  it('puts the service before each line when there are several, and takes colours out', async () => {
    const { context, screen, log } = project();
    log('backend', '\u001b[31mred\u001b[39m\n');
    await showLogs(LOGS, context);
    await showLogs({ ...LOGS, names: ['backend'] }, context);
    expect(screen.outText()).toBe('backend  | red\nred');
  });

  it('gives the last lines, only errors, and JSON', async () => {
    const { context, screen, log } = project();
    log('backend', 'one\nTypeError: two\nthree\n');
    await showLogs({ ...LOGS, names: ['backend'], lines: 1 }, context);
    await showLogs({ ...LOGS, names: ['backend'], only: 'errors' }, context);
    expect(screen.outText()).toBe('three\nTypeError: two');
    const json = rememberingScreen('json');
    await showLogs({ ...LOGS, names: ['backend'], lines: 1 }, { ...context, screen: json });
    expect(JSON.parse(json.outText())).toMatchObject({
      schemaVersion: 1,
      lines: [{ service: 'backend', text: 'three' }],
    });
  });
});

describe('wait', () => {
  it('returns when all are ready, and as soon as one has failed', async () => {
    const { context, runs } = project();
    runs('backend', { state: 'starting' });
    const waiting = runWait({ kind: 'wait', names: ['backend'], timeoutMs: 20_000 }, context);
    runs('backend', PORTLESS);
    expect(await waiting).toBe(0);
    runs('backend', { state: 'failed', pid: null, identity: null });
    expect(await runWait({ kind: 'wait', names: ['backend'], timeoutMs: 20_000 }, context)).toBe(1);
  });

  it('gives up at the timeout and says what is missing', async () => {
    const { context, screen, runs } = project();
    runs('backend', PORTLESS);
    expect(await runWait({ kind: 'wait', names: ['backend', 'worker'], timeoutMs: 10 }, context)).toBe(1);
    expect(screen.noteText()).toBe(
      'error: `worker` not ready after 10 ms\nSERVICE  STATE  ADDRESS  PID  UP  HEALTH\nworker   down   -        -    -   -\n  never started',
    );
  });
});

describe('clean', () => {
  const CLEAN = { kind: 'clean', what: 'old', olderMs: null } as const;
  const LOGS: LogsCommand = {
    kind: 'logs',
    names: [],
    mode: 'shown',
    lines: null,
    since: null,
    only: 'all',
    own: 'hidden',
    timestamps: 'hidden',
    length: null,
  };

  it('keeps the logs of what runs, and what is not of devgen; rotated logs go with their times', async () => {
    const { context, root, screen, runs, log } = project();
    runs('backend');
    const { logs, state, timeIndex } = pathsOf(root);
    for (const name of ['backend', 'frontend', 'notes']) log(name, 'x');
    for (const file of [`${logs}/backend.log.1`, `${logs}/notes.log.1`, `${logs}/todo.txt`]) writeFileSync(file, 'x');
    mkdirSync(state, { recursive: true });
    for (const file of [timeIndex('backend'), `${timeIndex('backend')}.1`, timeIndex('frontend')])
      writeFileSync(file, '');
    expect(await runClean(CLEAN, context)).toBe(0);
    expect(screen.outText()).toBe(
      'removed 2 log files and the caches (1 KiB); kept the logs of what runs (backend.log)',
    );
    const left = ['.devgen', 'backend.log', 'notes.log', 'notes.log.1', 'todo.txt'];
    expect(readdirSync(logs).sort()).toEqual(left);
    expect(readdirSync(state).sort()).toEqual(['backend.times', 'status']);
  });

  it('with an age removes only logs that were last written before', async () => {
    const { context, root, screen, log } = project();
    const { logs } = pathsOf(root);
    for (const name of ['backend', 'frontend']) log(name, 'x');
    writeFileSync(`${logs}/backend.log.1`, 'x');
    const old = Date.now() / 1000 - 3 * 86_400;
    for (const file of ['backend.log.1', 'frontend.log']) utimesSync(`${logs}/${file}`, old, old);
    expect(await runClean({ ...CLEAN, olderMs: 2 * 86_400_000 }, context)).toBe(0);
    expect(screen.outText()).toBe('removed 2 log files (1 KiB)');
    expect(readdirSync(logs)).toEqual(['backend.log']);
  });

  it('removes the logs of a service that is configured no more, but left a status', async () => {
    const { context, root, log, statusFile } = project();
    log('gone', 'x');
    statusFile('gone', JSON.stringify(viewOf({}, { service: 'gone', pid: null, state: 'down' }).status));
    expect(await runClean(CLEAN, context)).toBe(0);
    expect(readdirSync(pathsOf(root).logs)).toEqual(['.devgen']);
  });

  it('says that a folder has the name of a log, and leaves it', async () => {
    const { context, root, screen } = project();
    mkdirSync(`${pathsOf(root).log('backend')}/mine`, { recursive: true });
    expect(await runClean(CLEAN, context)).toBe(1);
    expect(screen.noteText()).toBe('left alone, because a folder is no log: `logs/backend.log`');
    expect(readdirSync(pathsOf(root).log('backend'))).toEqual(['mine']);
    expect(await showLogs({ ...LOGS, names: ['backend'] }, context)).toBe(1);
    expect(screen.noteText()).toContain(
      'error: `logs/backend.log` is a folder, not a log\n  hint: Move it away: what `backend` writes belongs there.',
    );
  });

  it.each(['old', 'all'] as const)('says that `logs` is a file (%s), and so does logs', async (what) => {
    const { context, root, screen } = project();
    writeFileSync(pathsOf(root).logs, 'mine');
    expect(await runClean({ kind: 'clean', what, olderMs: null }, context)).toBe(1);
    const said = 'error: `logs` is a file, not a folder\n  hint: Move it away: devgen keeps its logs and state there.';
    expect(screen.noteText()).toBe(said);
    expect(await showLogs(LOGS, context)).toBe(1);
    expect(screen.noteText()).toBe(`${said}\n${said}`);
    expect(readFileSync(pathsOf(root).logs, 'utf8')).toBe('mine');
  });
});

describe('--port', () => {
  const start = { kind: 'start', mode: 'normal', timeoutMs: null } as const;

  it('is for the one service that is named', () => {
    const target = startTarget({ ...start, names: ['backend'], port: 9000 }, PLAN);
    expect(target.ok && target.value.ports).toEqual({ backend: 9000 });
    const only = startTarget({ ...start, names: [], port: 9000 }, planOf(servicePlan('api')));
    expect(only.ok && only.value.ports).toEqual({ api: 9000 });
  });

  it.each([
    [['backend', 'frontend'], '`--port 9000` needs exactly one service'],
    [[], '`--port 9000` needs exactly one service'],
    [['worker'], '`worker` has no port'],
  ])('is refused for %j', (names, message) => {
    const target = startTarget({ ...start, names, port: 9000 }, PLAN);
    expect(target.ok ? [] : target.error.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });
});
