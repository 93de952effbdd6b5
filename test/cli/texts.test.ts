import { expect, it } from 'vitest';
import { COMMAND_TABLE } from '../../src/cli/command-table.ts';
import type { Program } from '../../src/cli/context/program.ts';
import { logFormatter } from '../../src/cli/logs/log-format.ts';
import { paintColoured, paintPlain } from '../../src/cli/screen/paint.ts';
import { describeBackups } from '../../src/cli/sentences/describe-backups.ts';
import { describeDetection } from '../../src/cli/sentences/describe-detection.ts';
import { describeGenerated } from '../../src/cli/sentences/describe-generated.ts';
import { describePortState } from '../../src/cli/sentences/describe-port-state.ts';
import { describeStarted, describeStopped } from '../../src/cli/sentences/describe-started.ts';
import { healthTable } from '../../src/cli/sentences/health-table.ts';
import { commandText, overviewText } from '../../src/cli/sentences/help-text.ts';
import type { GenerateReport } from '../../src/generate/report.ts';
import type { LogLine } from '../../src/runtime/logs/merge-logs.ts';
import type { HolderRelation } from '../../src/runtime/state/lifecycle.ts';
import type { StartedService } from '../../src/runtime/supervisor/control/protocol.ts';
import { STRANGER, textOf, WORDS } from './fixtures.ts';

const DEV: Program = { name: './dev', sides: new Set(['runtime']) };

function block(lines: readonly string[]): string {
  return `\n${lines.join('\n')}\n`;
}

it('help shows every command on lines of at most 100 columns', () => {
  const lines = overviewText(COMMAND_TABLE, DEV, paintPlain);
  for (const { name } of COMMAND_TABLE) expect(lines.join('\n')).toContain(`\n  ${name} `);
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});

it('help about a command shows its options', () => {
  const logs = COMMAND_TABLE.find(({ name }) => name === 'logs') ?? expect.unreachable();
  expect(block(commandText(logs, DEV, paintPlain))).toBe(`
Usage: ./dev logs [NAME…] [OPTIONS]

  what the services wrote, merged by time

Options:
  -f, --follow      keep printing what is written
  -n, --lines N     how many of the last lines (default: 100)
      --since TIME  only lines written since, such as \`10m\` or \`2026-01-31T09:00\`
      --errors      only lines that look like errors
      --own         what devgen itself did, with levels; with names, among their lines
      --timestamps  put the time before each line
      --full        all of each line; else off a terminal 2,000 characters, for an agent 8 KB in all
      --json        print one JSON document
`);
});

it('help about a command of the generator says how to call it', () => {
  const generate = COMMAND_TABLE.find(({ name }) => name === 'generate') ?? expect.unreachable();
  expect(commandText(generate, DEV, paintPlain)[0]).toBe('Usage: npx devgen generate [OPTIONS]');
});

it('health tells verdict, response time with its grade, and what was seen', () => {
  const url = 'http://localhost:5000';
  const lines = healthTable(
    [
      { service: 'backend', state: 'ready', url, outcome: { kind: 'passed', responseMs: 12 }, grade: 'excellent' },
      {
        service: 'api',
        state: 'ready',
        url,
        outcome: { kind: 'failed', responseMs: 2300, seen: { kind: 'status', url: `${url}/health`, status: 500 } },
        grade: 'critical',
      },
      { service: 'page', state: 'ready', url, outcome: { kind: 'stolen', others: [] }, grade: null },
      { service: 'worker', state: 'down', url: null, outcome: { kind: 'down' }, grade: null },
    ],
    paintPlain,
  );
  expect(block(lines)).toBe(`
backend  healthy    12 ms excellent  http://localhost:5000
api      unhealthy  2.3 s critical   http://localhost:5000  http://localhost:5000/health answers with status 500
page     unhealthy  -                http://localhost:5000  another process answers on its port
worker   down       -
`);
});

it.each<[HolderRelation, string]>([
  [
    { kind: 'stranger', resembles: null },
    'port 5000 is taken by `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n  `./dev kill-port 5000` ends it',
  ],
  [
    { kind: 'stranger', resembles: 'backend' },
    'port 5000 is taken by what looks like `backend` of this project, started by hand: `python3 -m http.server 5000` ' +
      '(pid 123, user root, in ~/x)\n  `./dev kill-port 5000` ends it',
  ],
  [
    { kind: 'own-run', service: 'backend' },
    'port 5000 is taken by `backend` of this project (pid 123)\n  `./dev stop backend` stops it',
  ],
  [
    { kind: 'own-leftover', service: 'backend' },
    'port 5000 is taken by an earlier run of `backend` (pid 123)\n  `./dev stop backend` stops it',
  ],
  [
    { kind: 'other-checkout', root: '/home/ada/shop-2', branch: null, service: 'backend' },
    'port 5000 is taken by `backend` of the checkout ~/shop-2 (pid 123)\n  stop it there: `devgen stop backend` in /home/ada/shop-2',
  ],
  [
    { kind: 'container-engine', container: 'shop-db-1' },
    'port 5000 is taken by the container `shop-db-1`, through `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n' +
      '  `docker stop shop-db-1` ends it',
  ],
  [
    { kind: 'container-engine', container: null },
    'port 5000 is taken by a container, through `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n' +
      '  `docker ps --filter publish=5000` names the container, `docker stop NAME` ends it',
  ],
  [
    { kind: 'client' },
    'port 5000 is taken by a connection of `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n' +
      '  `lsof -nP -iTCP:5000` shows the connection; the port is free when it is closed',
  ],
  [
    { kind: 'untouchable' },
    'port 5000 is taken by `python3 -m http.server 5000` (pid 123, user root, in ~/x)\n' +
      '  it is not yours to end; `sudo lsof -nP -iTCP:5000 -sTCP:LISTEN` shows more',
  ],
])('port tells what to do about %j', (relation, text) => {
  const state = { kind: 'held', holders: [{ ...STRANGER, relation }] } as const;
  expect(describePortState(5000, state, WORDS).join('\n')).toBe(text);
});

it('port tells of ports without a holder', () => {
  expect(describePortState(5000, { kind: 'free' }, WORDS)).toEqual(['port 5000 is free']);
  expect(describePortState(80, { kind: 'forbidden' }, WORDS)).toEqual([
    "port 80 is free, but this user may not use it (on most systems ports below 1024 are root's)",
  ]);
});

it('the outcome of a start names URL, pid and log', () => {
  const started: StartedService = {
    service: 'backend',
    outcome: 'started',
    pid: 7,
    port: 5000,
    wantedPort: 5000,
    url: 'http://localhost:5000',
    startupMs: 1400,
    changed: [],
    failure: null,
    asked: true,
  };
  const text = (changes: Partial<StartedService>) => textOf(describeStarted({ ...started, ...changes }, WORDS));
  expect(text({})).toBe('ready at http://localhost:5000 (pid 7, 1.4 s, log logs/backend.log)');
  expect(text({ outcome: 'already-running' })).toBe(
    'already running at http://localhost:5000 (pid 7, log logs/backend.log)',
  );
  expect(text({ url: null, port: null })).toBe('ready (pid 7, 1.4 s, log logs/backend.log)');
  expect(text({ outcome: 'failed', failure: { reason: 'dependency-failed', dependency: 'db' } })).toBe(
    'not started: `db`, which it depends on, failed\n' +
      '  hint: Once `db` is mended, `./dev start backend` begins both anew.',
  );
});

it('the outcome of a stop is said for what did not run, too', () => {
  const stopped = { service: 'backend', failure: null, tookMs: 85 };
  expect(textOf(describeStopped({ ...stopped, outcome: 'stopped' }, WORDS))).toBe('stopped (85 ms)');
  expect(textOf(describeStopped({ ...stopped, outcome: 'was-not-running' }, WORDS))).toBe('was not running');
});

it('log lines of several services stand below each other, with their times when asked', () => {
  const format = logFormatter({
    all: ['api', 'frontend'],
    shown: ['api', 'frontend'],
    timestamps: 'shown',
    length: 'cut',
    paint: paintPlain,
    columns: () => null,
  });
  const at = Date.UTC(2026, 4, 4, 12);
  const long = 'x'.repeat(500);
  expect([format({ service: 'api', text: 'a', at }), format({ service: 'frontend', text: long, at })]).toEqual([
    '2026-05-04T12:00:00.000Z api      | a',
    `2026-05-04T12:00:00.000Z frontend | ${long}`,
  ]);
});

it('on a terminal a long line goes on beside the names of the services, in its colours', () => {
  const style = { all: ['api', 'web'], shown: ['api', 'web'], timestamps: 'hidden', length: 'whole' } as const;
  const on = (columns: number, paint = paintPlain) => {
    const format = logFormatter({ ...style, paint, columns: () => columns });
    return (line: LogLine) => format(line).split('\n');
  };
  const line = { service: 'api', text: `${'a'.repeat(24)}\t${'漢'.repeat(4)}`, at: 0 };
  expect(on(30)(line)).toEqual([`api | ${'a'.repeat(24)}`, `    |     ${'漢'.repeat(4)}`]);
  expect(on(46)(line), 'it fits').toHaveLength(1);
  const address = { ...line, text: `see http://localhost:5173/${'a'.repeat(90)}` };
  expect(on(40)(address), 'a terminal opens what it broke itself').toHaveLength(1);
  expect(on(20)(line), 'there is no room for it').toHaveLength(1);
  const red = { ...line, text: `\u001b[31m${'a'.repeat(40)}\u001b[2J` };
  const rows = on(30, paintColoured)(red).map((row) => row.split('| ')[1] ?? row.split('|\u001b[39m ')[1]);
  expect(rows).toEqual([`\u001b[31m${'a'.repeat(24)}\u001b[0m`, `\u001b[31m${'a'.repeat(16)}\u001b[0m`]);
});

const REPORT: GenerateReport = { outcome: 'written', actions: [], diagnostics: [], notices: [], backup: null };
const GENERATED = { command: 'generate', writing: 'done' } as const;
const CHECKED = { command: 'generate', writing: 'checked' } as const;

it('generate names each file, and the runtime as one', () => {
  const report: GenerateReport = {
    ...REPORT,
    backup: '.devgen/backups/2026-05-04',
    actions: [
      { kind: 'created', path: '.devgen/runtime/front.cjs' },
      { kind: 'created', path: '.devgen/runtime/main.cjs' },
      { kind: 'updated', path: 'Makefile', diff: null },
      { kind: 'unchanged', path: 'dev' },
      { kind: 'released', path: 'scripts/aliases.sh' },
    ],
    notices: [
      { kind: 'targets-taken', makefile: 'Makefile', names: ['stop'] },
      { kind: 'ignored-by-git', paths: ['dev'] },
      { kind: 'left-out', path: 'Makefile', reason: 'symlink' },
      { kind: 'left-out', path: 'AGENTS.md', reason: 'directory' },
      { kind: 'modes-lost', paths: ['dev', 'scripts/start-a.sh'] },
    ],
  };
  const { out, notes } = describeGenerated(report, GENERATED, paintPlain);
  expect(block(out)).toBe(`
  created        .devgen/runtime/
  updated        Makefile
  left as yours  scripts/aliases.sh
copies of what was yours: .devgen/backups/2026-05-04
`);
  expect(block(notes)).toBe(`
note: Makefile has \`stop\` already; devgen's are called \`dev-NAME\` there
warning: git ignores \`dev\`; the rest of the team will not get them
note: \`Makefile\` is a symbolic link; it stays as it is, without devgen's part. Add \`-include .devgen/devgen.mk\` to it to have the make targets
note: \`AGENTS.md\` is a folder; it stays as it is, without devgen's part
warning: git does not see that \`dev\`, \`scripts/start-a.sh\` can be run (core.fileMode is false): \`git add --chmod=+x dev scripts/start-a.sh\` records it
`);
});

it('generate shows what was edited, how, and how to overwrite it', () => {
  const refused = { kind: 'refused', path: 'dev', reason: 'edited', diff: '--- dev\n+++ dev\n-a\n+b\n' } as const;
  const { out, notes } = describeGenerated(
    { ...REPORT, outcome: 'refused', actions: [refused] },
    GENERATED,
    paintPlain,
  );
  expect(out).toEqual(['nothing was written']);
  expect(block(notes)).toBe(`
error: \`dev\` was edited since devgen wrote it
  --- dev
  +++ dev
  -a
  +b
  hint: \`npx devgen generate --force\` overwrites it and keeps a copy.
`);
});

it('of a long difference the beginning is shown', () => {
  const diff = Array.from({ length: 2000 }, (_, line) => `+${line}\n`).join('');
  const refused = { kind: 'refused', path: '.devgen/runtime/main.cjs', reason: 'edited', diff } as const;
  const { notes } = describeGenerated({ ...REPORT, outcome: 'refused', actions: [refused] }, GENERATED, paintPlain);
  expect(notes).toHaveLength(43);
  expect(notes.slice(-3, -1)).toEqual(['  +39', '  … and 1960 lines more']);
});

it('check says what to run', () => {
  const actions = [{ kind: 'created', path: 'dev' }] as const;
  expect(describeGenerated({ ...REPORT, outcome: 'would-change', actions }, CHECKED, paintPlain).out).toEqual([
    '  created  dev',
    'not up to date; `npx devgen generate` writes these',
  ]);
  expect(describeGenerated({ ...REPORT, outcome: 'up-to-date' }, CHECKED, paintPlain).out).toEqual([
    'everything generated is up to date',
  ]);
});

it('a comparison shows every difference below the list, coloured as git does', () => {
  const diff = '--- dev\n+++ dev (generated)\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n';
  const actions = [{ kind: 'updated', path: 'dev', diff }] as const;
  const report: GenerateReport = { ...REPORT, outcome: 'would-change', actions };
  const compared = { command: 'generate', writing: 'compared' } as const;
  expect(block(describeGenerated(report, compared, paintPlain).out)).toBe(`
  updated  dev

--- dev
+++ dev (generated)
@@ -1,2 +1,2 @@
 same
-old
+new

nothing was written (dry run)
`);
  const { out } = describeGenerated(report, compared, paintColoured);
  expect(out.slice(2, -2)).toEqual([
    '\u001b[1m--- dev\u001b[22m',
    '\u001b[1m+++ dev (generated)\u001b[22m',
    '\u001b[36m@@ -1,2 +1,2 @@\u001b[39m',
    ' same',
    '\u001b[31m-old\u001b[39m',
    '\u001b[32m+new\u001b[39m',
  ]);
});

it('what a refused upgrade advises is an upgrade', () => {
  const refused = { kind: 'refused', path: 'dev', reason: 'edited', diff: null } as const;
  const report: GenerateReport = { ...REPORT, outcome: 'refused', actions: [refused] };
  expect(describeGenerated(report, { command: 'upgrade', writing: 'done' }, paintPlain).notes).toEqual([
    'error: `dev` was edited since devgen wrote it',
    '  hint: `npx devgen upgrade --force` overwrites it and keeps a copy.',
  ]);
});

it.each([
  ['uninstall', 'there is nothing to remove'],
  ['eject', 'there is nothing to give away'],
  ['restore', 'everything is as it was copied'],
] as const)('%s says when nothing is to be done', (command, text) => {
  const report: GenerateReport = { ...REPORT, outcome: 'up-to-date' };
  expect(describeGenerated(report, { command, writing: 'done' }, paintPlain).out).toEqual([text]);
});

it('backups are shown by the name to call them', () => {
  const backups = [
    { date: '2026-05-04T10-20-30-2', paths: ['dev', 'Makefile'] },
    { date: '2026-05-04T10-20-30', paths: [] },
  ];
  expect(block(describeBackups(backups))).toBe(`
2026-05-04T10-20-30-2  dev, Makefile
2026-05-04T10-20-30    its copies changed, or cannot be read
`);
});

it('detect shows each finding with its evidence', () => {
  const service = {
    name: 'backend',
    cwd: 'backend',
    command: 'flask run --port $PORT',
    container: null,
    developerCommand: 'flask run',
    port: 5000,
    portSource: 'framework default',
    health: '/api/status',
    healthSource: 'route',
    docs: null,
    kind: 'backend',
    framework: 'Flask',
    confidence: 0.4,
    evidence: [
      { file: 'backend/app.py', line: 3, says: 'creates a Flask application' },
      { file: 'backend/requirements.txt', line: null, says: 'needs flask' },
    ],
    env: {},
    dependsOn: [],
    alternatives: [],
    wiring: [
      {
        file: 'backend/app.py',
        line: 9,
        says: 'points at `http://localhost:5173`, which is `frontend`',
        suggestion: "os.environ.get('FRONTEND_URL', 'http://localhost:5173')",
      },
    ],
  } as const;
  expect(
    block(
      describeDetection(
        { services: [service], setup: [], migrations: [], notes: ['a database is expected.'] },
        paintPlain,
      ),
    ),
  ).toBe(`
backend: Flask (a guess: please check it)
  command  flask run --port $PORT
  folder   backend
  port     5000 (framework default)
  health   /api/status
  backend/app.py:3: creates a Flask application
  backend/requirements.txt: needs flask
  backend/app.py:9: points at \`http://localhost:5173\`, which is \`frontend\`
    instead: os.environ.get('FRONTEND_URL', 'http://localhost:5173')

With what stands behind \`instead\`, a service follows the others to any port. These files are yours: devgen does not change them.

note: a database is expected.
`);
  expect(describeDetection({ services: [], setup: [], migrations: [], notes: [] }, paintPlain)).toEqual([
    'no dev server was found',
  ]);
});
