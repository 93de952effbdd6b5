import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { type Finished, run } from '../rig/run.ts';
import { hasTool } from '../rig/tools.ts';
import { createFixture, ECHO_LAUNCHER, type Fixture, NAMES, service } from './project-fixture.ts';

const MAKES = [
  { make: 'make', isHere: hasTool('make') },
  { make: 'bmake', isHere: hasTool('bmake') },
];

/** A project with these files, generated, whose launcher only says how it was called. */
async function generated(files: Readonly<Record<string, string>> = {}): Promise<Fixture> {
  const project = createFixture({ 'backend/app.py': '', 'dev-frontend/x': '', ...files });
  const report = await project.generate();
  expect(report.outcome).toBe('written');
  project.write('dev', ECHO_LAUNCHER, 0o755);
  return project;
}

function call(
  project: Fixture,
  make: string,
  args: readonly string[],
  extra: Record<string, string> = {},
): Promise<Finished> {
  return run(make, args, { cwd: project.root, environment: { ...userEnvironment(), ...extra } });
}

const TARGETS = [
  ['backend', 'dev [up] [backend]'],
  ['backend-stop', 'dev [stop] [backend]'],
  ['backend-kill', 'dev [kill] [backend]'],
  ['backend-restart', 'dev [restart] [backend]'],
  ['backend-status', 'dev [status] [backend]'],
  ['backend-force', 'dev [up] [backend] [--force]'],
  ['backend-logs', 'dev [logs] [backend]'],
  ['backend-health', 'dev [health] [backend]'],
  ['dev-backend', 'dev [up] [backend]'],
  ['dev-frontend', 'dev [up] [frontend]'],
  ['dev-backend-stop', 'dev [stop] [backend]'],
  ['dev', 'dev [up]'],
  ['dev-up', 'dev [up]'],
  ['stop', 'dev [stop]'],
  ['restart', 'dev [restart]'],
  ['status', 'dev [status]'],
  ['health', 'dev [health]'],
  ['logs', 'dev [logs]'],
  ['logs-errors', 'dev [logs] [--errors]'],
  ['doctor', 'dev [doctor]'],
  ['clean', 'dev [clean]'],
  ['test', 'dev [run] [test] [--]'],
  ['dev-db-migrate', 'dev [run] [db-migrate] [--]'],
] as const;

for (const { make, isHere } of MAKES) {
  test.skipIf(!isHere)(
    `${make}: each target calls ./dev, beside folders of the same name, and says nothing else`,
    async () => {
      const project = await generated();
      for (const [target, said] of TARGETS) {
        const { code, stdout, stderr } = await call(project, make, [target]);
        expect({ target, code, stdout, stderr }).toEqual({ target, code: 0, stdout: `${said}\n`, stderr: '' });
      }
    },
  );

  test.skipIf(!isHere)(`${make}: without a target, a Makefile that devgen made shows the help`, async () => {
    const { code, stdout, stderr } = await call(await generated(), make, []);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('\nmake logs-errors  ./dev logs --errors\n');
    expect(stdout).toMatch(
      /\nmake backend {6}\.\/dev up backend\n[\s\S]*\nmake test {9}\.\/dev run test\n[\s\S]*\nmake NAME-ACTION {2}of a service: force,/,
    );
    expect(stdout).toMatch(/\n\.\/dev help {8}all commands and their options\n$/);
  });

  test.skipIf(!isHere)(
    `${make}: PORT and ARGS of the command line reach ./dev, those of the environment do not`,
    async () => {
      const project = await generated();
      const said = async (args: string[]) =>
        (await call(project, make, args, { PORT: '1', ARGS: '--wrong' })).stdout.trimEnd();
      expect(await said(['backend'])).toBe('dev [up] [backend]');
      expect(await said(['backend', 'PORT=3001'])).toBe('dev [up] [backend] [--port] [3001]');
      expect(await said(['backend-force', 'PORT=3001', 'ARGS=--timeout "1 m" -d'])).toBe(
        'dev [up] [backend] [--force] [--port] [3001] [--timeout] [1 m] [-d]',
      );
      expect(await said(['test', 'ARGS=--watch src'])).toBe('dev [run] [test] [--] [--watch] [src]');
    },
  );

  test.skipIf(!isHere)(`${make}: a failing ./dev fails the target`, async () => {
    const { code, stderr } = await call(await generated(), make, ['status'], { STUB_EXIT: '1' });
    expect(code).not.toBe(0);
    expect(stderr.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(1);
  });

  test.skipIf(!isHere)(
    `${make}: the user’s own targets and default goal stay as they were, without a warning`,
    async () => {
      const makefile = 'all: test\n\t@echo ALL\ntest dev:\n\t@echo OWN $@\nhelp: ; @echo HELP';
      const project = await generated({ Makefile: makefile });
      const said = async (args: string[]) => {
        const { stdout, stderr } = await call(project, make, args);
        return stdout + stderr;
      };
      expect(await said([])).toBe('OWN test\nALL\n');
      expect(await said(['dev', 'help'])).toBe('OWN dev\nHELP\n');
      expect(await said(['dev-help'])).toContain('\nmake dev-test     ./dev run test\n');
      expect(await said(['dev-test', 'dev-up', 'backend'])).toBe(
        'dev [run] [test] [--]\ndev [up]\ndev [up] [backend]\n',
      );
    },
  );
}

test('targets that the user’s Makefile has are named in a notice', async () => {
  const project = createFixture({ 'mk/one.mk': 'status:\n', GNUmakefile: 'include mk/*.mk\nhelp:\nrun-%:\n%-logs:\n' });
  expect((await project.generate()).notices).toEqual([
    { kind: 'targets-taken', makefile: 'GNUmakefile', names: ['help', 'status', 'backend-logs', 'frontend-logs'] },
  ]);
});

test('a help that searches every Makefile with grep prints what it printed before', async () => {
  const makefile =
    'help: ## this help\n' +
    "\t@grep -E '^[a-zA-Z_-]+:.*?## ' $(MAKEFILE_LIST) | awk 'BEGIN {FS = \":.*?## \"}; {print $$1, $$2}'\n" +
    'build: ## build it\n\t@echo built\n';
  const { stdout, stderr } = await call(await generated({ Makefile: makefile }), 'make', []);
  expect([stdout, stderr]).toEqual(['help this help\nbuild build it\n', '']);
});

test.each([
  ['its own recipe prefix', '.RECIPEPREFIX = >\nall:\n>@echo ALL\n'],
  ['a default goal of its own', 'other:\n\t@echo OTHER\nall:\n\t@echo ALL\n.DEFAULT_GOAL := all\n'],
  ['carriage returns', 'all:\r\n\t@echo ALL\r\n'],
  ['no newline at its end', 'all:\n\t@echo ALL'],
  [
    'strict settings',
    'MAKEFLAGS += --warn-undefined-variables -rR\nSHELL := bash\n.SHELLFLAGS := --norc -eu -o pipefail -c\n.ONESHELL:\nall:\n\t@echo ALL\n',
  ],
  ['fish for its shell', 'SHELL := fish\nall:\n\t@set -l x ALL; echo $$x\n'],
  ['python for its shell', 'SHELL := python3\nall:\n\t@print("ALL")\n'],
  ['python in one shell', 'SHELL := python3\n.ONESHELL:\nall:\n\t@print("ALL")\n'],
  ['variables of one target', 'all: X = ALL\nall:\n\t@echo $(X)\nbackend: export LEVEL = 1\n'],
  ['exported variables', 'export\nall:\n\t@echo ALL\n'],
  ['only a rule for anything', 'all: ; @echo ALL\n%:\n\t@echo any\n'],
])('a Makefile with %s keeps working', async (_, makefile) => {
  const project = await generated({ Makefile: makefile });
  for (const [args, said] of [
    [[], 'ALL\n'],
    [['backend', 'PORT=5'], 'dev [up] [backend] [--port] [5]\n'],
  ] as const) {
    const { stdout, stderr } = await call(project, 'make', args);
    expect([stdout.replaceAll('\r', ''), stderr]).toEqual([said, '']);
  }
});

test('-j runs several targets, and a project of another folder is reached with -C', async () => {
  const project = await generated();
  const { stdout, stderr } = await run(
    'make',
    ['--no-print-directory', '-j4', '-C', project.root, 'status', 'health'],
    {
      cwd: '/',
      environment: userEnvironment(),
    },
  );
  expect([stdout.split('\n').sort(), stderr]).toEqual([['', 'dev [health]', 'dev [status]'], '']);
});

test('a Makefile from which devgen’s files are gone still works', async () => {
  const project = await generated({ Makefile: 'all:\n\t@echo ALL\n' });
  rmSync(join(project.root, '.devgen'), { recursive: true });
  expect((await call(project, 'make', [])).stdout).toBe('ALL\n');
});

test('an include that the user moved is not put in twice', async () => {
  const project = await generated({ Makefile: '-include ./.devgen/devgen.mk\nall:\n' });
  expect(project.read('Makefile')).toBe('-include ./.devgen/devgen.mk\nall:\n');
});

test('Ctrl+C on a target ends make without an error of its own', async () => {
  const project = await generated();
  project.write('dev', '#!/bin/sh\ntrap "sleep 0.1; exit 130" INT\nkill -INT 0\nsleep 5 & wait $!\n', 0o755);
  const { signal, stderr } = await call(project, 'make', ['backend']);
  expect([signal, stderr]).toEqual(['SIGINT', '']);
});

test('a target whose ./dev alone was interrupted fails', async () => {
  const { code } = await call(await generated(), 'make', ['backend'], { STUB_EXIT: '130' });
  expect(code).toBe(2);
});

test('instances have targets of their own, and one for all', async () => {
  const project = createFixture();
  const services = [1, 2].map((number) => service(`api.${number}`));
  await project.generate({ plan: { ...NAMES, services } });
  project.write('dev', ECHO_LAUNCHER, 0o755);
  for (const { make, isHere } of MAKES) {
    if (!isHere) continue;
    const { stdout } = await call(project, make, ['api', 'api-stop', 'api.2-stop', 'dev-api.1']);
    expect(stdout).toBe('dev [up] [api]\ndev [stop] [api]\ndev [stop] [api.2]\ndev [up] [api.1]\n');
  }
  expect(project.read('.devgen/completion/words')).toMatch(/^\. api service\n\. api\.1 service\n\. api\.2 service$/m);
  expect(project.read('scripts/start-api.sh')).toContain('/dev" up api "$@"');
});

test('a service called like the long name of another keeps its target', async () => {
  const project = createFixture();
  await project.generate({ plan: { ...NAMES, services: [service('api'), service('dev-api')], tasks: [] } });
  project.write('dev', ECHO_LAUNCHER, 0o755);
  const { stdout, stderr } = await call(project, 'make', ['dev-api', 'dev-dev-api', 'api']);
  expect([stdout, stderr]).toEqual(['dev [up] [dev-api]\ndev [up] [dev-api]\ndev [up] [api]\n', '']);
});
