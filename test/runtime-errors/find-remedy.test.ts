import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decisiveLines } from '../../src/runtime/errors/decisive-lines.ts';
import { findRemedy } from '../../src/runtime/errors/find-remedy.ts';
import { nodeInstallation, type ReadFolder } from '../../src/runtime/errors/install-command.ts';
import { missingPackages, missingProgramRemedy } from '../../src/runtime/errors/missing-packages.ts';
import type { Remedy } from '../../src/runtime/state/lifecycle.ts';

function outputOf(sample: string): readonly string[] {
  return readFileSync(join(import.meta.dirname, 'samples', `${sample}.txt`), 'utf8')
    .trimEnd()
    .split('\n');
}

function remedyFor(output: readonly string[], files: readonly string[] = []): Remedy | null {
  const { error } = decisiveLines(output, 20);
  const search = { ...searching(Object.fromEntries(files.map((file) => [file, '']))), port: 5000 };
  const placeOf = (number: number) => (number === 24_873 ? 'main.py:9' : null);
  return error === null ? null : findRemedy(error, { ...search, placeOf });
}

function searching(files: Readonly<Record<string, string>>, folder = '/repo'): ReadFolder {
  return { folder, root: '/repo', exists: (path) => path in files, read: (path) => files[path] };
}

const EXPRESS = outputOf('node-mod').map((line) => line.replace('./nope', 'express/lib/x'));

test.each<[string, readonly string[], readonly string[], Remedy | null]>([
  ['a syntax error of Node', outputOf('node-syn'), [], mend("SyntaxError: Unexpected identifier 'a'", 'syn.js:3')],
  ['a syntax error under nodemon', outputOf('nodemon'), [], mend("SyntaxError: Unexpected identifier 'a'", 'syn.js:3')],
  ['a syntax error of Python', outputOf('python-ps'), [], mend('SyntaxError: invalid syntax', 'ps.py:1')],
  ['a syntax error of Ruby', outputOf('ruby-rs'), [], expect.objectContaining({ kind: 'mend', place: 'rs.rb:2' })],
  ['a package that is missing', EXPRESS, [], install('express', 'npm install')],
  ['a package that is missing, with pnpm', EXPRESS, ['/repo/pnpm-lock.yaml'], install('express', 'pnpm install')],
  ['a file of its own that is missing', outputOf('node-mod'), [], null],
  [
    'a module of Python that is missing, and no manifest',
    outputOf('python-pm'),
    [],
    install('nope_module', 'python3 -m venv .venv && .venv/bin/pip install nope_module'),
  ],
  [
    'a module of Python that is missing',
    outputOf('python-pm'),
    ['/repo/requirements.txt', '/repo/.venv/bin/pip'],
    install('nope_module', '.venv/bin/pip install -r requirements.txt'),
  ],
  ['a gem that is missing', outputOf('ruby-rm'), [], install('nope', 'bundle install')],
  ['a port of its own choice', outputOf('node-inuse'), [], { kind: 'use-port', port: 43_303, place: 'use.js:1' }],
  ['the same of uvicorn', outputOf('uvicorn-inuse'), [], { kind: 'use-port', port: 24_873, place: 'main.py:9' }],
  ['the port that it was given', outputOf('node-inuse').map((line) => line.replace('43303', '5000')), [], null],
  ['an error that only a reader understands', outputOf('node-run'), [], null],
])('%s', (_, output, files, remedy) => {
  expect(remedyFor(output, files)).toEqual(remedy);
});

const MEMBER = {
  '/repo/web/package.json': '{ "devDependencies": { "vite": "8" }, "dependencies": { "react": "19" } }',
};

test.each<[string, Readonly<Record<string, string>>, object]>([
  ['nothing', MEMBER, { folder: '/repo/web', command: 'npm install' }],
  ['a lock file above', { ...MEMBER, '/repo/yarn.lock': '' }, { folder: '/repo', command: 'yarn install' }],
  ['a workspace of pnpm', { ...MEMBER, '/repo/pnpm-workspace.yaml': '' }, { folder: '/repo', command: 'pnpm install' }],
  [
    'a workspace without a lock file',
    { ...MEMBER, '/repo/package.json': '{ "workspaces": ["web"] }' },
    { folder: '/repo', command: 'npm install' },
  ],
  [
    'a manager that the manifest names, though another one left a lock file',
    { ...MEMBER, '/repo/package-lock.json': '', '/repo/package.json': '{ "packageManager": "pnpm@9.1.0" }' },
    { folder: '/repo', command: 'pnpm install' },
  ],
])('packages are installed as %s says', (_, files, installation) => {
  expect(nodeInstallation(searching(files, '/repo/web'))).toEqual(installation);
});

test('a package is missing if Node would find it in no folder above, however many packages there are', () => {
  const missing = (files: Readonly<Record<string, string>>) =>
    missingPackages(searching({ ...MEMBER, ...files }, '/repo/web'));
  expect(missing({ '/repo/node_modules': '' })).toEqual(['react', 'vite']);
  expect(missing({ '/repo/node_modules/react': '', '/node_modules/vite': '' })).toEqual([]);
  expect(missing({ '/repo/.pnp.cjs': '' })).toEqual([]);
  expect(missing({ '/repo/web/package.json': '{ "dependencies": ' })).toEqual([]);
  const vite: Remedy = { kind: 'install', module: 'vite', command: 'npm install', folder: 'web' };
  const search = searching(MEMBER, '/repo/web');
  expect(missingProgramRemedy('sh: 1: vite: not found', search)).toEqual(vite);
  expect(missingProgramRemedy('zsh: command not found: vite', search)).toEqual(vite);
  expect(missingProgramRemedy('Error: no such table', search)).toBeNull();
  const whole = { ...MEMBER, '/repo/node_modules/vite': '', '/repo/node_modules/react': '' };
  expect(missingProgramRemedy('sh: 1: uv: not found', searching(whole, '/repo/web'))).toBeNull();
});

test('the whole of the last error is decisive, with what a reloader says behind it', () => {
  const trace = outputOf('node-syn');
  const output = [
    ...Array.from({ length: 50 }, (_, index) => `GET /${index} 200`),
    ...trace,
    "Failed running 'syn.js'",
  ];
  expect(decisiveLines(output, 20).lines).toEqual([...trace, "Failed running 'syn.js'"]);
});

test('an error that much was written after is not', () => {
  const output = [...outputOf('node-syn'), ...Array.from({ length: 50 }, (_, index) => `GET /${index} 200`)];
  expect(decisiveLines(output, 3)).toEqual({ lines: ['GET /47 200', 'GET /48 200', 'GET /49 200'], error: null });
});

test('of a trace without end both ends are told', () => {
  const frames = Array.from({ length: 300 }, (_, index) => `    at f (/repo/a.js:${index}:1)`);
  const { lines } = decisiveLines(['RangeError: Maximum call stack size exceeded', ...frames], 20);
  expect(lines.length).toBe(61);
  expect(lines[0]).toBe('RangeError: Maximum call stack size exceeded');
  expect(lines[30]).toBe('… 241 lines …');
  expect(lines.at(-1)).toBe(frames.at(-1));
});

function mend(error: string, place: string): Remedy {
  return { kind: 'mend', error, place };
}

function install(module: string, command: string): Remedy {
  return { kind: 'install', module, command, folder: '.' };
}

test.each([
  [{ '/repo/package.json': '{ "dependencies": { "express": "5" } }' }, 'npm install', '.'],
  [{ '/repo/package.json': '{ "dependencies": { "koa": "3" } }' }, 'npm install express', 'web'],
  [{ '/repo/package.json': '{}', '/repo/yarn.lock': '' }, 'yarn add express', 'web'],
] as const)('of a package that code of `web` asks for, with %j, it says `%s`', (files, command, folder) => {
  const { error } = decisiveLines(EXPRESS, 20);
  const search = { ...searching(files, '/repo/web'), port: null, placeOf: () => null };
  const found = error === null ? null : findRemedy(error, search);
  expect(found).toMatchObject({ module: 'express', command });
  if (command !== 'npm install') expect(found).toMatchObject({ folder });
});
