import { expect, it } from 'vitest';
import { describeClientFailure } from '../../src/cli/sentences/describe-client-failure.ts';
import { describeFailure } from '../../src/runtime/sentences/describe-failure.ts';
import type { Failure, Remedy } from '../../src/runtime/state/lifecycle.ts';
import { STRANGER, textOf, WORDS } from './fixtures.ts';

type Case<Reason extends Failure['reason']> = readonly [Extract<Failure, { reason: Reason }>, string];

const REMEDIES: readonly [Remedy, string][] = [
  [
    { kind: 'install', module: 'express', command: 'npm install', folder: 'web' },
    '`express` is not installed: `npm install` in web.',
  ],
  [
    { kind: 'install', module: 'flask', command: '.venv/bin/pip install -r requirements.txt', folder: '.' },
    '`flask` is not installed: `.venv/bin/pip install -r requirements.txt`.',
  ],
  [
    { kind: 'use-port', port: 3000, place: 'index.js:14' },
    '`backend` ignores $PORT: it wants port 3000, which is taken; its port is written in index.js:14.',
  ],
  [{ kind: 'mend', error: 'SyntaxError: x', place: 'a.js:3' }, 'Mend a.js:3 (SyntaxError: x).'],
];

const FAILURES: { readonly [Reason in Failure['reason']]: readonly Case<Reason>[] } = {
  'command-not-found': [
    [
      { reason: 'command-not-found', command: 'uvicorn', path: '/usr/bin', remedy: null },
      'cannot start: there is no command `uvicorn` in PATH\n' +
        '  hint: Install it, or correct `command` of `backend` in the config (`.venv/bin/NAME`, `npx NAME`).',
    ],
    [
      {
        reason: 'command-not-found',
        command: 'vite',
        path: '/usr/bin',
        remedy: { kind: 'install', module: 'vite', command: 'npm install', folder: 'web' },
      },
      'cannot start: there is no command `vite` in PATH\n  hint: `vite` is not installed: `npm install` in web.',
    ],
  ],
  'spawn-failed': [
    [
      { reason: 'spawn-failed', code: 'EACCES', message: 'permission denied' },
      'cannot start: permission denied (EACCES)\n' +
        '  hint: Its program must be executable (`chmod +x FILE`), or correct `command` of `backend` in the config.',
    ],
  ],
  'cwd-missing': [
    [
      { reason: 'cwd-missing', cwd: 'srv' },
      'cannot start: its folder `srv` does not exist\n  hint: Correct `cwd` of `backend` in the config.',
    ],
  ],
  'before-failed': [
    [
      {
        reason: 'before-failed',
        command: 'alembic upgrade head',
        exit: { code: 2, signal: null },
        lastLines: ['no database'],
      },
      'not started: `alembic upgrade head` ended with exit code 2\n  | no database\n  log: logs/backend.log\n' +
        '  hint: Mend that, or correct `before` of `backend` in the config; `./dev start backend` runs it again.',
    ],
  ],
  'before-timeout': [
    [
      { reason: 'before-timeout', command: 'alembic upgrade head', timeoutMs: 60_000, lastLines: ['waits'] },
      'not started: `alembic upgrade head` did not end within 1m 0s\n  | waits\n  log: logs/backend.log\n' +
        '  hint: `./dev start backend --timeout 10m` gives it longer, `health: { startTimeout }` each time.',
    ],
  ],
  'compose-missing': [
    [
      { reason: 'compose-missing' },
      'not started: it is a container, and neither `docker compose`, `docker-compose` nor `podman compose` is here\n' +
        '  hint: Install one of them; services that do not need `backend` start without it.',
    ],
  ],
  'engine-down': [
    [
      { reason: 'engine-down', engine: 'docker', message: 'Cannot connect.' },
      'not started: it is a container, and `docker` is not running (Cannot connect)\n' +
        '  hint: Start it; services that do not need `backend` start without it.',
    ],
    [
      { reason: 'engine-down', engine: 'podman', message: '' },
      'not started: it is a container, and `podman` is not running\n' +
        '  hint: Start it; services that do not need `backend` start without it.',
    ],
  ],
  'compose-failed': [
    [
      {
        reason: 'compose-failed',
        command: 'docker compose up --detach db',
        exit: { code: 1, signal: null },
        lastLines: ['pull access denied'],
      },
      'not started: `docker compose up --detach db` ended with exit code 1\n' +
        '  | pull access denied\n  log: logs/backend.log\n' +
        '  hint: Mend that; `./dev start backend` begins anew.',
    ],
  ],
  'compose-file-unreadable': [
    [
      { reason: 'compose-file-unreadable', path: '/srv/compose.yaml', because: 'no-file' },
      'not started: `/srv/compose.yaml`, which compose would read, is no file\n' +
        '  hint: Put a file there; `./dev start backend` begins anew.',
    ],
    [
      { reason: 'compose-file-unreadable', path: '/srv/.env', because: 'nothing-written' },
      'not started: `/srv/.env`, which compose would read, is a pipe that nothing is written into\n' +
        '  hint: Start the program that fills it.',
    ],
  ],
  'wait-for-timeout': [
    [
      { reason: 'wait-for-timeout', resource: 'tcp:127.0.0.1:5432', timeoutMs: 60_000 },
      'not started: `tcp:127.0.0.1:5432` was not there after 1m 0s\n' +
        '  hint: Start what listens there, or correct `waitFor` of `backend` in the config; `./dev start backend` begins anew.',
    ],
  ],
  'dependency-failed': [
    [
      { reason: 'dependency-failed', dependency: 'db' },
      'not started: `db`, which it depends on, failed\n' +
        '  hint: Once `db` is mended, `./dev start backend` begins both anew.',
    ],
  ],
  exited: [
    [
      {
        reason: 'exited',
        exit: { code: 3, signal: null },
        afterMs: 107,
        wasReady: false,
        lastLines: ['Traceback', '', 'KeyError: X'],
        remedy: null,
      },
      'ended with exit code 3 after 107 ms, before it was ready\n  | Traceback\n  |\n  | KeyError: X\n  log: logs/backend.log\n' +
        '  hint: Mend that, or correct `command` of `backend` in the config; `./dev start backend` begins anew.',
    ],
    [
      { reason: 'exited', exit: { code: 0, signal: null }, afterMs: 40, wasReady: false, lastLines: [], remedy: null },
      'ended with exit code 0 after 40 ms, before it was ready\n  it wrote nothing (log: logs/backend.log)\n' +
        '  hint: Mend that, or correct `command` of `backend` in the config; `./dev start backend` begins anew.',
    ],
    [
      {
        reason: 'exited',
        exit: { code: 1, signal: null },
        afterMs: 65_000,
        wasReady: true,
        lastLines: ['bye'],
        remedy: null,
      },
      'ended with exit code 1 after 1m 5s\n  | bye\n  log: logs/backend.log\n' +
        '  hint: Mend that, or correct `command` of `backend` in the config; `./dev start backend` begins anew.',
    ],
    [
      {
        reason: 'exited',
        exit: { code: 1, signal: null },
        afterMs: 107,
        wasReady: false,
        lastLines: ['SyntaxError: x'],
        remedy: { kind: 'mend', error: 'SyntaxError: x', place: 'a.js:3' },
      },
      'ended with exit code 1 after 107 ms, before it was ready\n  | SyntaxError: x\n  log: logs/backend.log\n' +
        '  hint: Mend a.js:3 (SyntaxError: x); `./dev start backend` begins anew.',
    ],
  ],
  'not-listening': [
    [
      { reason: 'not-listening', port: 5000, lastLines: ['SyntaxError: x'], remedy: null },
      'alive, but it does not listen: its port 5000 is closed\n  | SyntaxError: x\n  log: logs/backend.log\n' +
        '  hint: `./dev restart backend` starts it anew.',
    ],
    [
      { reason: 'not-listening', port: 5000, lastLines: [], remedy: null },
      'alive, but it does not listen: its port 5000 is closed\n  log: logs/backend.log\n' +
        '  hint: `./dev restart backend` starts it anew.',
    ],
    ...REMEDIES.map(
      ([remedy, hint]): Case<'not-listening'> => [
        { reason: 'not-listening', port: 5000, lastLines: ['x'], remedy },
        `alive, but it does not listen: its port 5000 is closed\n  | x\n  log: logs/backend.log\n  hint: ${hint}`,
      ],
    ),
  ],
  'ended-unseen': [
    [
      { reason: 'ended-unseen' },
      'ended while no supervisor was there to see how\n' + '  hint: `./dev start backend` starts it again.',
    ],
  ],
  'start-timeout': [
    [
      {
        reason: 'start-timeout',
        timeoutMs: 60_000,
        seen: { kind: 'status', url: 'http://localhost:5000/health', status: 503 },
        lastLines: ['migrating'],
        remedy: null,
      },
      'not ready after 1m 0s: http://localhost:5000/health answers with status 503\n' +
        '  | migrating\n  log: logs/backend.log\n  hint: `./dev start backend --timeout 3m` starts it anew and waits longer.',
    ],
  ],
  'port-conflict': [
    [
      { reason: 'port-conflict', port: 5000, policy: 'fallback', holders: [STRANGER], tried: [5001, 5002, 5003] },
      'port 5000 is taken by `python3 -m http.server 5000` (pid 123, user root, in ~/x), and no port from 5001 to 5003 is free either\n' +
        '  hint: `./dev backend --force` takes 5000 back.\n' +
        '  hint: `port: { number: 5000, fallback: 6 }` for `backend` in the config lets it try more ports.',
    ],
    [
      {
        reason: 'port-conflict',
        port: 5000,
        policy: 'fail',
        holders: [{ ...STRANGER, relation: { kind: 'untouchable' } }],
        tried: [],
      },
      'port 5000 is taken by `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n' +
        '  hint: `sudo lsof -nP -iTCP:5000 -sTCP:LISTEN` shows who has it.',
    ],
    [
      {
        reason: 'port-conflict',
        port: 80,
        policy: 'fallback',
        holders: [{ pid: null, command: null, user: null, cwd: null, relation: { kind: 'privileged' } }],
        tried: [81, 82, 83],
      },
      'port 80 needs privileges, as ports below 1024 do on most systems, and no port from 81 to 83 is free either\n' +
        '  hint: Give `backend` a `port` above 1023 in the config.',
    ],
  ],
  'port-invalid': [
    [
      { reason: 'port-invalid', expression: '$API_PORT', value: '99999', source: 'devgen.config.yaml' },
      'its port `$API_PORT`, which makes `99999`, is not a port (from devgen.config.yaml)\n' +
        '  hint: A port is a number from 1 to 65535.',
    ],
  ],
  'port-stolen': [
    [
      { reason: 'port-stolen', port: 5000, holders: [STRANGER] },
      'port 5000 was taken over by `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n' +
        '  hint: `./dev backend --force` takes 5000 back.',
    ],
  ],
  'crash-loop': [
    [
      { reason: 'crash-loop', crashes: 6, windowMs: 60_000, exit: { code: 1, signal: null }, lastLines: ['boom'] },
      'given up: it crashed 6 times within 1m 0s; the last time it ended with exit code 1\n  | boom\n  log: logs/backend.log\n' +
        '  hint: Mend that; `./dev start backend` begins anew.',
    ],
  ],
  unhealthy: [
    [
      { reason: 'unhealthy', failures: 3, seen: { kind: 'no-answer', address: '127.0.0.1:5000' } },
      'failed 3 health probes in a row: it listens on 127.0.0.1:5000 but does not answer\n' +
        '  hint: `./dev restart backend` starts it anew.',
    ],
  ],
  'stop-incomplete': [
    [
      { reason: 'stop-incomplete', left: [{ pid: 9, command: 'sudo thing' }], port: 5000 },
      'not fully stopped: a process is left and port 5000 is still taken\n  pid 9: sudo thing\n' +
        '  hint: `kill -9 PID` ends what you may end; what belongs to another user needs sudo.',
    ],
    [
      { reason: 'stop-incomplete', left: [], port: 5000 },
      'not fully stopped: port 5000 is still taken\n  hint: `./dev port 5000` shows its holder.',
    ],
  ],
  'state-unwritable': [
    [
      { reason: 'state-unwritable', path: 'logs', code: 'EACCES' },
      'cannot write `logs` (EACCES)\n  hint: This folder must belong to you and be writable.',
    ],
  ],
  'record-unreadable': [
    [
      { reason: 'record-unreadable', path: 'logs/.devgen/runs/backend.json', because: 'damaged', owner: 'ada' },
      'left alone, because the record of its run makes no sense: logs/.devgen/runs/backend.json\n' +
        '  hint: `./dev nuke` ends what is left of it; if nothing is, remove that file.',
    ],
    [
      { reason: 'record-unreadable', path: 'logs/.devgen/runs/backend.json', because: 'denied', owner: 'root' },
      'left alone, because the record of its run belongs to root: logs/.devgen/runs/backend.json\n' +
        '  hint: Do it as root.',
    ],
  ],
  'starts-itself': [
    [
      { reason: 'starts-itself', command: './dev' },
      'its own `command` is `./dev`, which starts it: that would go on for ever\n' +
        '  hint: Write in `command` of `backend` in the config what starts its own server.',
    ],
  ],
  'environment-invalid': [
    [
      { reason: 'environment-invalid', variable: 'API_KEY', message: 'ask the team' },
      'not started: `API_KEY` of its environment: ask the team\n' +
        '  hint: Set it in the shell, in `.env.local`, or under `env` in the config.',
    ],
  ],
  'address-invalid': [
    [
      { reason: 'address-invalid', key: 'waitFor', written: 'tcp:$DB' },
      'not started: `tcp:$DB` of its `waitFor` comes to be no address\n' +
        '  hint: Correct it, or set its variables in the shell, in `.env.local`, or under `env` in the config.',
    ],
    [
      { reason: 'address-invalid', key: 'health', written: 'http://$A:$B/' },
      'not started: `http://$A:$B/` of its `health` comes to be no URL\n' +
        '  hint: Correct it, or set its variables in the shell, in `.env.local`, or under `env` in the config.',
    ],
  ],
  blocked: [
    [
      { reason: 'blocked', by: 'db' },
      'left as it was, because `db` cannot be started\n' +
        '  hint: Once `db` is mended all can start; `./dev start backend` goes without what `backend` does not need.',
    ],
  ],
  'memory-exceeded': [
    [
      { reason: 'memory-exceeded', bytes: 314_572_800, limitBytes: 209_715_200 },
      'took 300 MB of memory; its limit is 200 MB\n' +
        '  hint: `maxMemory` under its `restart` in the config is the limit; `./dev start backend` starts it again.',
    ],
  ],
  'too-slow': [
    [
      { reason: 'too-slow', responseMs: 2400, times: 3 },
      'answered 3 times in a row in 2.4 s or so, which is critical\n' +
        '  hint: `./dev restart backend` starts it anew; `critical` under its `health` in the config is where that begins.',
    ],
  ],
  cancelled: [
    [{ reason: 'cancelled' }, 'its start was cancelled\n' + '  hint: `./dev start backend` starts it again.'],
  ],
};

it.each(Object.values<readonly Case<Failure['reason']>[]>(FAILURES).flat())('explains %j', (failure, text) => {
  expect(textOf(describeFailure(failure, 'backend', WORDS))).toBe(text);
});

it('names no log that could not be opened', () => {
  const hintFor = (detail: string) =>
    describeClientFailure({ reason: 'no-supervisor', detail, logFile: '/p/logs/devgen.log' }).hint;
  expect(hintFor('not ready after 15 s')).toBe('Its log says more: /p/logs/devgen.log');
  for (const action of ["open '/p/logs/devgen.log'", "mkdir '/p/logs'"]) {
    expect(hintFor(`EACCES: permission denied, ${action}`)).toBe('`/p/logs` must belong to you and be writable.');
  }
});
