import { expect, it } from 'vitest';
import { describeEvent } from '../../src/runtime/sentences/describe-event.ts';
import type { PortHolder } from '../../src/runtime/state/lifecycle.ts';
import type { RuntimeNews } from '../../src/runtime/state/runtime-event.ts';
import { STRANGER, textOf, WORDS } from './fixtures.ts';

const HIDDEN: PortHolder = { pid: null, command: null, user: null, cwd: null, relation: { kind: 'untouchable' } };
const SIBLING: PortHolder = { ...STRANGER, relation: { kind: 'sibling-service', service: 'admin' } };
const ELSEWHERE: PortHolder = {
  ...STRANGER,
  relation: { kind: 'other-checkout', root: '/home/ada/shop-2', branch: 'next', service: 'backend' },
};

const fallback = (...holders: PortHolder[]): RuntimeNews => ({
  kind: 'port-fallback',
  wantedPort: 5000,
  port: 5001,
  holders,
});

const EVENTS: readonly (readonly [RuntimeNews, string])[] = [
  [
    fallback(STRANGER),
    'port 5000 is taken by `python3 -m http.server 5000` (pid 123, user root, in ~/x); using 5001 instead — `./dev backend --force` takes 5000 back',
  ],
  [
    fallback(HIDDEN),
    'port 5000 is taken by a process that the system does not show; using 5001 instead — `sudo lsof -nP -iTCP:5000 -sTCP:LISTEN` shows who has it',
  ],
  [
    fallback({ ...HIDDEN, user: 'postgres' }),
    'port 5000 is taken by a process of the user postgres; using 5001 instead — `sudo lsof -nP -iTCP:5000 -sTCP:LISTEN` shows who has it',
  ],
  [
    fallback(SIBLING),
    'port 5000 is taken by `admin` of this project (pid 123); using 5001 instead — give `backend` another `port` in the config',
  ],
  [
    fallback(ELSEWHERE),
    'port 5000 is taken by `backend` of the checkout ~/shop-2, branch `next` (pid 123); using 5001 instead',
  ],
  [
    fallback(STRANGER, { ...STRANGER, pid: 124, command: 'nc -l 5000', cwd: '/home/ada', user: null }),
    'port 5000 is taken by `python3 -m http.server 5000` (pid 123, user root, in ~/x) and `nc -l 5000` (pid 124, in ~); using 5001 instead — `./dev backend --force` takes 5000 back',
  ],
  [
    { kind: 'port-freed', port: 5000, holders: [STRANGER] },
    'ended `python3 -m http.server 5000` (pid 123, user root, in ~/x) to get port 5000',
  ],
  [{ kind: 'waiting', reason: 'dependency', what: 'db' }, 'waiting until `db` is ready'],
  [{ kind: 'waiting', reason: 'before', what: 'alembic upgrade head' }, 'running `alembic upgrade head` first'],
  [{ kind: 'waiting', reason: 'wait-for', what: 'tcp:127.0.0.1:5432' }, 'waiting for tcp:127.0.0.1:5432'],
  [
    { kind: 'starting', pid: 7, command: 'flask run --port 5001', port: 5001, url: 'http://localhost:5001' },
    'starting `flask run --port 5001` (pid 7, http://localhost:5001, log logs/backend.log)',
  ],
  [
    { kind: 'starting', pid: 7, command: 'worker', port: null, url: null },
    'starting `worker` (pid 7, log logs/backend.log)',
  ],
  [
    { kind: 'adopted', pid: 7, url: 'http://localhost:5001' },
    'still runs (pid 7) at http://localhost:5001; watched over again',
  ],
  [
    { kind: 'ready', pid: 7, url: 'http://localhost:5001', startupMs: 1400 },
    'ready at http://localhost:5001 (pid 7, 1.4 s)',
  ],
  [
    { kind: 'alive-not-listening', pid: 7, lastLines: ['SyntaxError: app.py'], remedy: null },
    'alive (pid 7), but it does not listen; it wrote:\n  | SyntaxError: app.py',
  ],
  [
    { kind: 'moved', from: 5173, port: 5174, url: 'http://localhost:5174' },
    'moved from port 5173 to 5174: http://localhost:5174\n  hint: Let its command use $PORT (`--port $PORT`), and fail when that is taken (`--strictPort`).',
  ],
  [
    { kind: 'wrong-host', host: '0.0.0.0', addresses: ['127.0.0.1'] },
    'listens on 127.0.0.1 only, not on 0.0.0.0, which is its `host`\n' +
      '  hint: Let its `command` take it, mostly as `--host $HOST`.',
  ],
  [
    { kind: 'wrong-port', toldPort: 5173, port: 5174, url: 'http://localhost:5174' },
    'was told port 5173 but listens on 5174: http://localhost:5174\n' +
      '  hint: Let its command use $PORT (`--port $PORT`), and fail when that is taken (`--strictPort`).',
  ],
  [
    {
      kind: 'unhealthy',
      failures: 3,
      failure: { reason: 'unhealthy', failures: 3, seen: { kind: 'nothing-listens' } },
    },
    'failed 3 health probes in a row: none of its processes listens on its port\n' +
      '  hint: `./dev restart backend` starts it anew.',
  ],
  [{ kind: 'healthy' }, 'healthy again'],
  [{ kind: 'following', dependency: 'api', port: 8001 }, 'restarting, because `api` now has port 8001'],
  [
    { kind: 'exited', pid: 7, exit: { code: 1, signal: null }, expected: false },
    'crashed: pid 7 ended with exit code 1',
  ],
  [
    { kind: 'exited', pid: 7, exit: { code: null, signal: 'SIGKILL' }, expected: false },
    'crashed: pid 7 ended by signal SIGKILL',
  ],
  [{ kind: 'exited', pid: 7, exit: { code: null, signal: null }, expected: true }, 'pid 7 ended'],
  [{ kind: 'backing-off', delayMs: 2000, attempt: 2, maxRestarts: 5 }, 'restarting in 2.0 s (restart 2 of at most 5)'],
  [{ kind: 'backing-off', delayMs: 0, attempt: 1, maxRestarts: 5 }, 'restarting at once (restart 1 of at most 5)'],
  [{ kind: 'stopping', pid: 7, signal: 'SIGTERM', graceMs: 10_000 }, 'stopping: SIGTERM to pid 7, SIGKILL after 10 s'],
  [
    { kind: 'killing', pid: 7, left: [{ pid: 8, command: 'node child.js' }] },
    'killing with SIGKILL (pid 7)\n  pid 8: node child.js',
  ],
  [{ kind: 'stopped', pid: 7, tookMs: 85 }, 'stopped (85 ms)'],
  [
    { kind: 'failed', failure: { reason: 'cancelled' } },
    'its start was cancelled\n' + '  hint: `./dev start backend` starts it again.',
  ],
];

it.each(EVENTS)('tells of %j', (news, text) => {
  expect(textOf(describeEvent({ at: '2026-05-04T12:00:00Z', service: 'backend', ...news }, WORDS))).toBe(text);
});
