import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decisiveLines } from '../../src/runtime/errors/decisive-lines.ts';
import { findRemedy } from '../../src/runtime/errors/find-remedy.ts';
import type { Remedy } from '../../src/runtime/state/lifecycle.ts';

function outputOf(sample: string): readonly string[] {
  return readFileSync(join(import.meta.dirname, 'samples', `${sample}.txt`), 'utf8')
    .trimEnd()
    .split('\n');
}

function remedyFor(output: readonly string[], files: readonly string[] = []): Remedy | null {
  const { error } = decisiveLines(output, 20);
  const search = { folder: '/repo', root: '/repo', port: 5000, exists: (path: string) => files.includes(path) };
  const placeOf = (number: number) => (number === 24_873 ? 'main.py:9' : null);
  return error === null ? null : findRemedy(error, { ...search, placeOf });
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
  ['a module of Python that is missing, and no manifest', outputOf('python-pm'), [], null],
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
