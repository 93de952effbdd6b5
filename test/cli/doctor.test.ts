import { describe, expect, test } from 'vitest';
import { judgeMachine, type MachineFacts } from '../../src/cli/doctor/check-machine.ts';
import { isOlder, programOf } from '../../src/cli/doctor/check-programs.ts';
import { judgeService } from '../../src/cli/doctor/check-state.ts';
import type { Fact } from '../../src/cli/doctor/finding.ts';
import { judgeViteSetting, type KnownPort, type ViteSurroundings } from '../../src/cli/doctor/judge-vite.ts';
import { scriptCalled } from '../../src/cli/doctor/package-files.ts';
import { readViteConfig } from '../../src/cli/doctor/read-vite-config.ts';
import { paintPlain } from '../../src/cli/screen/paint.ts';
import { describeFinding } from '../../src/cli/sentences/describe-finding.ts';
import { doctorReport } from '../../src/cli/sentences/doctor-report.ts';
import { commandToEnd, type ListedRun, runTable } from '../../src/cli/sentences/run-table.ts';
import type { ProcessEntry, ProcessMarks } from '../../src/platform/process-table.ts';
import { traceRuns } from '../../src/runtime/client/trace-runs.ts';
import { judgeStatus } from '../../src/runtime/state/judge-status.ts';
import type { Present } from '../../src/runtime/state/present.ts';
import type { ServiceStatus } from '../../src/runtime/state/service-status.ts';
import { sampleStatus } from '../runtime-state/sample-state.ts';
import { WORDS } from './fixtures.ts';

/** `kind literal` of what is seen of a Vite config's object. */
function seen(config: string): string[] {
  return readViteConfig(`export default defineConfig(${config})`).map(({ kind, literal }) => `${kind} ${literal}`);
}

describe('a Vite config is read as far as it is literal', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['{ server: { port: 3000, strictPort: true } }', ['port 3000']],
    ['{ server: { "port": 3000 } }', ['port 3000']],
    ['{ server: { // port: 1\n /* port: 2, */ port: 3000 } }', ['port 3000']],
    ["{ server: { proxy: { '/api': 'http://localhost:5000' } } }", ["target 'http://localhost:5000'"]],
    ['{ server: { proxy: { "/api": { target: "http://localhost:5000" } } } }', ['target "http://localhost:5000"']],
    // Regular expressions, strings and functions that look like something else.
    [
      "{ server: { proxy: { '/a': { rewrite: (p) => p.replace(/^\\/a[/'\"]{/, ''), target: 'http://localhost:1' } }, port: 2 } }",
      ["target 'http://localhost:1'", 'port 2'],
    ],
    ["{ base: 'server: { port: 1 }', server: { port: 2 } }", ['port 2']],
    ['{ plugins: [react({ port: 1 }), { server: { port: 2 } }], server: { hmr: { port: 3 }, port: 4 } }', ['port 4']],
    // Elsewhere, computed, conditional, or overridden: not seen.
    ['{ preview: { port: 3000 }, test: { server: { port: 1 } } }', []],
    ['{ server: { port: Number(process.env.PORT) } }', []],
    ['{ server: { port: process.env.PORT ?? 3000 } }', []],
    ['{ server: isDev ? { port: 1 } : { port: 2 } }', []],
    ['{ server: { port: 3000, ...rest } }', []],
    ['{ other: [{ server: { port: 2 } }] }', []],
    ["{ server: { proxy: { '/api': 'http://localhost:' + port } } }", []],
    ["{ server: { proxy: { '/api': process.env.API ?? 'http://localhost:5000' } } }", ['wired API']],
  ];
  for (const [config, expected] of table) test(config, () => expect(seen(config)).toEqual(expected));

  test('two branches with different values say nothing, with the same value they do', () => {
    const branches = (...ports: readonly number[]) =>
      readViteConfig(ports.map((port) => `if (x) return { server: { port: ${port} } };\n`).join(''));
    expect(branches(1, 2)).toEqual([]);
    expect(branches(1, 2, 1)).toEqual([]);
    expect(branches(3, 3)).toMatchObject([{ value: '3' }]);
  });
});

const BACKEND: KnownPort = { service: 'backend', port: 8001, wanted: 8000, isDependency: true };

function judge(config: string, changes: Partial<ViteSurroundings> = {}): string[] {
  const around: ViteSurroundings = {
    service: 'frontend',
    port: 5173,
    isPortPassed: false,
    file: 'vite.config.ts',
    others: [BACKEND],
    isListenedOn: () => false,
    ...changes,
  };
  const findings = readViteConfig(config).flatMap((setting) => judgeViteSetting(setting, around));
  return findings.map(({ severity, fact, where }) => {
    const { what, remedy } = describeFinding(fact, WORDS);
    return `${severity} ${where.line}: ${what} | ${remedy}`;
  });
}

describe('a Vite config against the ports', () => {
  const DOLLAR = '$';
  const proxy = (target: string) => `export default {\n  server: {\n    proxy: { '/api': '${target}' },\n  },\n};`;

  test('a target that has moved is an error, with the line to write', () => {
    expect(judge(proxy('http://localhost:8000'))).toEqual([
      "error 3: its proxy leads to port 8000, but `backend` has 8001 now | Write `proxy: { '/api': process.env.BACKEND_URL ?? 'http://localhost:8001' },`.",
    ]);
  });

  test('a path behind the address is kept', () => {
    expect(judge(proxy('http://127.0.0.1:9/v1'))[0]).toContain(
      `Write \`proxy: { '/api': \`${DOLLAR}{process.env.BACKEND_URL ?? 'http://localhost:8001'}/v1\` },\`.`,
    );
  });

  test('a target that is right now is only noted', () => {
    expect(judge(proxy('http://localhost:8001'))).toMatchObject([
      expect.stringMatching(/^info 3: its proxy leads to port 8001 even/),
    ]);
  });

  test('a target of no service is doubtful when a process listens there, and one that may be of several is not mentioned', () => {
    const other: KnownPort = { ...BACKEND, service: 'worker', port: 7000, wanted: 7000 };
    expect(judge(proxy('http://localhost:9'))[0]).toMatch(/^error 3: .* no service here has; `backend` has 8001/);
    expect(judge(proxy('http://localhost:9'), { isListenedOn: () => true })[0]).toMatch(/^warning/);
    expect(judge(proxy('http://localhost:9'), { others: [BACKEND, other] })).toEqual([]);
    expect(judge(proxy('http://localhost:9'), { others: [] })).toEqual([]);
    expect(judge(proxy('https://example.org:8000'))).toEqual([]);
  });

  test('a port that differs is a warning, unless the command line passes one', () => {
    const config = '{ server: {\n port: 3000 } }';
    expect(judge(config)).toEqual([
      'warning 2: its `server.port` is 3000, but `frontend` is configured for 5173 | Write `port: Number(process.env.PORT ?? 5173) } }`.',
    ]);
    expect(judge(config, { isPortPassed: true })[0]).toMatch(/^info 2: .* is told by its command to take 5173/);
    expect(judge(config, { port: 3000 })).toEqual([]);
  });
});

test('a command to mend something can be pasted, whatever the file is called', () => {
  const remedies = [
    {
      code: 'state-unreadable',
      file: 'logs/a$(x)_status.json',
      service: 'a$(x)',
      version: null,
      owner: null,
      isLost: false,
    } as const,
    { code: 'pid-file', file: 'logs/my notes.pid', pid: 77, command: null } as const,
  ].map((fact) => describeFinding(fact, WORDS).remedy);
  expect(remedies).toEqual([
    "`./dev start 'a$(x)'` writes it anew; if there is no such service, `rm 'logs/a$(x)_status.json'`.",
    "`rm 'logs/my notes.pid'`; devgen itself does not go by it.",
  ]);
});

test('the program of a command line is named only when it is beyond doubt', () => {
  const NOTHING = { exported: {}, named: {} };
  expect(programOf('.venv/bin/python -m x', NOTHING)).toBe('.venv/bin/python');
  expect(programOf('uvicorn x', NOTHING)).toBe('uvicorn');
  expect(programOf('A=1 .venv/bin/flask run', NOTHING)).toBe('.venv/bin/flask');
  expect(programOf('npm run dev | cat', NOTHING)).toBe('npm');
  expect(programOf('cd x && npm run dev', NOTHING)).toBe('');
  expect(programOf('while true; do x; done', NOTHING)).toBe('');
  expect(programOf('"$HOME"/bin/x | y', NOTHING)).toBe('');
});

test('the script that a command line calls', () => {
  expect(['npm run dev -- --x', 'pnpm dev', 'yarn dev', 'npm start', 'bun run a:b'].map(scriptCalled)).toEqual([
    ...['dev', 'dev', 'dev', 'start', 'a:b'],
  ]);
  expect(['npx vite', 'npm install', 'node x.js', 'npm run --silent dev'].map(scriptCalled)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test('a version is older only than a plain lower bound', () => {
  expect(isOlder('20.20.2', '>=22')).toBe(true);
  expect(isOlder('20.9.0', '>=20.19')).toBe(true);
  expect(isOlder('20.20.2', '^20.19.0')).toBe(false);
  expect(isOlder('20.20.2', '>=22 || 18')).toBe(false);
  expect(isOlder('20.20.2', '')).toBe(false);
});

test('a machine without room is told by what it lacks', () => {
  const fine: MachineFacts = { unwritable: undefined, availableBytes: 2 ** 40, watches: [], openFiles: 4096 };
  const codes = (facts: Partial<MachineFacts>) =>
    judgeMachine({ ...fine, ...facts }).map(({ severity, fact }) => `${severity} ${fact.code}`);
  expect(codes({})).toEqual([]);
  expect(codes({ availableBytes: 2 ** 20 })).toEqual(['error disk-full']);
  expect(codes({ availableBytes: 2 ** 29 })).toEqual(['warning disk-full']);
  expect(codes({ openFiles: 256 })).toEqual(['warning open-files-low']);
  expect(codes({ watches: [{ setting: 's', used: 89, limit: 100 }] })).toEqual([]);
  expect(codes({ watches: [{ setting: 's', used: 90, limit: 100 }] })).toEqual(['warning watches-low']);
});

describe('the report', () => {
  const zombie: Fact = { code: 'zombie', pid: 9, name: 'sh', parent: { pid: 7, command: 'node x' }, service: 'web' };
  const disk: Fact = { code: 'disk-full', availableBytes: 2 ** 20 };
  const findings = [
    { severity: 'warning', fact: zombie, where: { pid: 9 } },
    { severity: 'error', fact: disk, where: { file: 'logs' } },
  ] as const;
  const diagnoses = [
    { group: 'ports', findings: [] },
    { group: 'machine', findings },
  ];

  test('has the worst first, each with what mends it, and what is well in one line', () => {
    expect(doctorReport(diagnoses, { paint: paintPlain, words: WORDS, marks: 'signs' })).toEqual([
      'machine',
      '  ✗ logs: the disk is nearly full (1.0 MB left): dev servers end when they cannot write',
      '    mend: `./dev clean` removes old logs.',
      '  ! zombie 9 (`sh`) has ended and takes nothing but a pid; only its parent (pid 7, `node x`, of `web`) can reap it, and does not',
      '    mend: `./dev restart web` ends the parent, and with it the zombie.',
      '✓ ports',
      '1 error, 1 warning',
    ]);
  });

  test('uses words where signs may not be shown', () => {
    const lines = doctorReport([{ group: 'ports', findings: [] }], { paint: paintPlain, words: WORDS, marks: 'words' });
    expect(lines).toEqual(['ok: ports', 'nothing is wrong']);
  });
});

const entry = (pid: number, changes: Partial<ProcessEntry> = {}): ProcessEntry => ({
  ...{ pid, parentPid: 1, groupId: pid, sessionId: pid, userId: 0, startTime: pid, state: 'running', name: 'x' },
  ...changes,
});
const marks = (changes: Partial<ProcessMarks>, ...tags: string[]): ProcessMarks => ({
  ...{ stdin: null, stdout: null, stderr: null },
  environmentKeys: new Set(tags.map((id) => `DEVGEN_RUN_${id}`)),
  ...changes,
});
const [A, B] = ['a'.repeat(32), 'b'.repeat(32)] as const;

test('runs are traced by tag and FIFO; a run inside another’s tree is its own; zombies are none', () => {
  const fifo = (root: string, id: string) => `${root}/logs/.devgen/runs/${id}.fifo`;
  const runs = traceRuns(
    [entry(12), entry(10), entry(11), entry(13, { state: 'zombie' }), entry(14)],
    new Map([
      [10, marks({ stdin: fifo('/my shop', A), stdout: '/my shop/logs/web.log' }, A)],
      [11, marks({}, A)],
      [12, marks({ stdin: fifo('/other', B) }, A, B)],
      [13, marks({}, 'c'.repeat(32))],
      [14, marks({})],
    ]),
  );
  expect(runs.map(({ processes, ...run }) => ({ ...run, pids: processes.map(({ pid }) => pid) }))).toEqual([
    { id: A, root: '/my shop', service: 'web', pids: [10, 11] },
    { id: B, root: '/other', service: null, pids: [12] },
  ]);
});

test('a run whose folder is gone is ended by its group, or one by one when the group has no leader', () => {
  const run: ListedRun = {
    ...{ id: A, root: '/x', folder: 'gone', project: 'x', branch: 'main', service: 'web', state: 'running', pid: 10 },
    ...{
      command: null,
      groupId: 10,
      pids: [10, 11],
      port: 5000,
      url: null,
      startedAt: 0,
      supervisor: null,
      uptimeMs: 3000,
      program: './dev',
    },
  };
  expect(commandToEnd(run)).toBe('kill -- -10');
  const task = { kind: 'task', name: 'e2e' } as const;
  expect(commandToEnd({ ...run, folder: 'there', command: { ...task, client: 7 } })).toBe('kill 7');
  const orphaned = { service: null, command: { ...task, client: null } };
  expect(commandToEnd({ ...run, ...orphaned, folder: 'there' })).toBe('cd /x && ./dev stop');
  expect(commandToEnd({ ...run, ...orphaned })).toBe('kill -- -10');
  expect(commandToEnd({ ...run, pids: [11, 12] })).toBe('kill 11 12');
  expect(commandToEnd({ ...run, folder: 'there', root: '/my x' })).toBe("cd '/my x' && ./dev stop web");
  expect(runTable([run], paintPlain, WORDS)).toEqual([
    'x  /x  branch main',
    '  web  running  port 5000  10  3.0 s',
    '    its folder is gone; `kill -- -10` ends it',
  ]);
});

test('whatever state a service is not well in, something is wrong with it', () => {
  const found = (given: Partial<ServiceStatus>, life: 'alive' | 'stopped' | 'gone') => {
    const present: Present = {
      lifeOfRoot: () => life,
      lifeOfSupervisor: () => 'alive',
      isClosed: () => false,
      servesAlone: () => true,
    };
    const judged = judgeStatus(sampleStatus({ failure: null, ...given }), present);
    return judgeService('web', judged).map(({ severity, fact }) => `${severity} ${describeFinding(fact, WORDS).what}`);
  };
  expect(found({ state: 'ready' }, 'alive')).toEqual([]);
  expect(found({ state: 'unhealthy' }, 'alive')).toEqual(['error `web` is unhealthy']);
  expect(found({ state: 'failed' }, 'gone')).toEqual(['error `web` failed']);
  expect(found({ state: 'ready', pid: 7 }, 'stopped')).toEqual([
    'error `web`: its process (pid 7) is stopped (SIGSTOP)',
  ]);
  expect(found({ state: 'ready', pid: 7, port: null }, 'stopped')).toHaveLength(1);
});
