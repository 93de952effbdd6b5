import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findErrors, type LogText } from '../../src/runtime/errors/find-errors.ts';
import { groupErrors } from '../../src/runtime/errors/group-errors.ts';

/*
 * `samples/` holds the output of real tools, recorded with their paths moved to /repo and the middle of long tracebacks
 * left out. The four that end in `-written` were written after the tools' documentation.
 */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'django-syn': ["python SyntaxError: '(' was never closed @ dj/site1/urls.py:21"],
  django: ['python ZeroDivisionError: division by zero @ dj/site1/urls.py:22'],
  'dotnet-written': [
    'dotnet InvalidOperationException: Sequence contains no elements @ Shop/Orders.cs:12',
    'dotnet CS1002: ; expected @ Shop/Cart.cs:7:14',
  ],
  'flask-inuse': ['flask EADDRINUSE: Port 24873 is in use by another program.'],
  'flask-syn': ["python SyntaxError: '(' was never closed @ fbad.py:1"],
  flask: ['python ZeroDivisionError: division by zero @ fl.py:5'],
  'go-compile': ['go compile error: undefined: bom @ bad/main.go:7:34'],
  'go-panic': ['go panic: assignment to entry in nil map @ go/main.go:5'],
  java: ['java NullPointerException: Cannot invoke "Object.toString()" because "<local0>" is null @ demo/A.java:3'],
  javac: ['java compile error: cannot find symbol @ demo/B.java:3'],
  'maven-written': ['maven compile error: cannot find symbol @ src/main/java/demo/App.java:12:9'],
  next: [
    "next TypeError: Cannot read properties of null (reading 'x') @ app/boom/page.js:2:35",
    "next ModuleNotFoundError: Module not found: Can't resolve './nope' @ nx2/app/page.js:1:1",
  ],
  'node-caught': [
    "node TypeError: Cannot read properties of null (reading 'x') @ caught.js:1:12",
    'node Error: outer @ caught.js:2:15',
  ],
  'node-esm': ["node ERR_MODULE_NOT_FOUND: Cannot find module '/repo/nope.js' imported from /repo/mod.mjs @ mod.mjs"],
  'node-inuse': ['node Error: listen EADDRINUSE: address already in use :::43303 @ use.js:1:32'],
  'node-mod': ["node Error: Cannot find module './nope' @ mod.js:1:1"],
  'node-rej': ['node Error: no database @ rej.js:1:16'],
  'node-run': ['node TypeError: x is not a function @ run.js:2:25'],
  'node-syn': ["node SyntaxError: Unexpected identifier 'a' @ syn.js:3"],
  nodemon: ["node SyntaxError: Unexpected identifier 'a' @ syn.js:3"],
  'php-f': ['php Exception: bad @ f.php:2'],
  'php-pn': ['php Error: Call to undefined function nope() @ pn.php:2'],
  'php-ps': ["php ParseError: Unclosed '(' on line 2 @ ps.php:3"],
  'python-p': ['python ValueError: bad value @ p.py:2'],
  'python-pm': ["python ModuleNotFoundError: No module named 'nope_module' @ pm.py:1"],
  'python-ps': ['python SyntaxError: invalid syntax @ ps.py:1'],
  'rails-written': [
    "rails NameError: undefined local variable or method `order' for an instance of HomeController @ app/controllers/home_controller.rb:3",
  ],
  'ruby-r': ['ruby ArgumentError: bad argument @ r.rb:2'],
  'ruby-rm': ['ruby LoadError: cannot load such file -- nope @ rm.rb:1'],
  'ruby-rn': ["ruby NameError: undefined local variable or method `undefined_thing' for main:Object @ rn.rb:1"],
  'ruby-rs': ["ruby SyntaxError: syntax error, unexpected integer literal, expecting ')' @ rs.rb:2"],
  'rust-compile': [
    'rust E0308: mismatched types @ b.rs:2:18',
    'rust E0425: cannot find function `nope` in this scope @ b.rs:3:5',
  ],
  'rust-panic': ['rust panic: index out of bounds: the len is 0 but the index is 3 @ a.rs:3:21'],
  'shell-written': [
    'shell command not found: vite: not found',
    'shell command not found: uvicorn: command not found',
    'shell command not found: command not found: next',
  ],
  'tsc-plain': [
    "typescript TS2322: Type 'string' is not assignable to type 'number'. @ t.ts:1:7",
    "typescript TS2552: Cannot find name 'undefinedName'. Did you mean 'undefined'? @ t.ts:2:1",
  ],
  'tsc-pretty': [
    "typescript TS2322: Type 'string' is not assignable to type 'number'. @ t.ts:1:7",
    "typescript TS2552: Cannot find name 'undefinedName'. Did you mean 'undefined'? @ t.ts:2:1",
  ],
  'tsx-syn': ['node Error: Unexpected ";" @ bad.ts:1:10'],
  tsx: ['node ReferenceError: undefinedName is not defined @ t.ts:2:1'],
  'uvicorn-inuse': [
    "uvicorn EADDRINUSE: error while attempting to bind on address ('127.0.0.1', 24873): address already in use",
  ],
  'uvicorn-nomod': ['uvicorn ImportError: Error loading ASGI app. Could not import module "nope".'],
  'uvicorn-syn': ["python SyntaxError: '(' was never closed @ fbad.py:1"],
  uvicorn: ['python ZeroDivisionError: division by zero @ fa.py:5'],
  vite: [
    'rolldown PARSE_ERROR: Unexpected token @ src/syn.js:1:11',
    'vite ModuleNotFoundError: Failed to resolve import "./nope.js" from "src/main.js". Does the file exist? @ vite/src/main.js:2:8',
  ],
  'webpack-missing': [
    "webpack ModuleNotFoundError: Module not found: Error: Can't resolve './nope.js' in '/repo/wp2/src' @ src/index.js:1:0",
  ],
  webpack: [
    "webpack Error: Module parse failed: 'import' and 'export' may appear only with 'sourceType: module' (1:0) @ src/index.js:1:0",
  ],
};

test.each(Object.keys(EXPECTED))('the errors of %s are found, each with its place in the repository', (sample) => {
  expect(found(readLog('samples', `${sample}.txt`))).toEqual(EXPECTED[sample]);
});

test('every recorded sample is expected to hold something', () => {
  const samples = readdirSync(join(import.meta.dirname, 'samples')).map((file) => file.replace('.txt', ''));
  expect(samples.sort()).toEqual(Object.keys(EXPECTED).sort());
});

test('nothing is found in what the same tools print when all is well', () => {
  const files = readdirSync(join(import.meta.dirname, 'healthy'));
  const logs = files.map((file) => readLog('healthy', file));
  expect(logs.flat().length).toBeGreaterThan(500);
  expect(logs.flatMap(found)).toEqual([]);
});

test('a log that ends within a traceback has no error yet', () => {
  const log = readLog('samples', 'python-p.txt');
  for (let length = 1; length < 5; length++) expect(found(log.slice(0, length))).toEqual([]);
});

test('the same error twice is one, with how often and when it was printed first and last', () => {
  const log = placed([
    'src/a.ts(3,1): error TS2304: x',
    'src/a.ts(9,9): error TS2304: x',
    'src/a.ts(3,1): error TS2304: x',
  ]);
  const groups = groupErrors(findErrors(log), SOURCE);
  expect(groups.map(({ count, firstAt, lastAt }) => ({ count, firstAt, lastAt }))).toEqual([
    { count: 1, firstAt: 1001, lastAt: 1001 },
    { count: 2, firstAt: 1000, lastAt: 1002 },
  ]);
});

const MENDING: readonly (readonly [string, Partial<typeof SOURCE>, boolean])[] = [
  ['the service was never seen to answer well', {}, false],
  ['it answered well before, not after', { wellAt: 999, begunAt: [1500] }, false],
  ['it answers well, and nothing has changed', { wellAt: 3000 }, false],
  ['its file was changed, and it has not been asked since', { wellAt: 1500, changedAt: () => 2000 }, false],
  ['its file was changed, and it answered well after that', { wellAt: 3000, changedAt: () => 2000 }, true],
  ['another file was changed, and it answered well after that', { wellAt: 3000, lastChangeAt: 2000 }, true],
  ['another file was changed, and it has not been asked since', { wellAt: 1500, lastChangeAt: 2000 }, false],
  ['another file was changed before it', { wellAt: 3000, lastChangeAt: 900 }, false],
  ['it began anew, and answers well', { wellAt: 3000, begunAt: [2000] }, true],
  ['it began anew, answered well, and begins anew again', { wellAt: 3000, begunAt: [2000, 4000] }, true],
  ['it began anew, and has not been asked since', { wellAt: 1500, begunAt: [2000] }, false],
  ['its reloader began anew below it', { wellAt: 3000, reactions: [lineAt(1, 1000)] }, true],
  ['its reloader began anew above it', { wellAt: 3000, reactions: [lineAt(-1, 1000)] }, false],
  [
    'its reloader began anew below it, and it has not been asked since',
    { wellAt: 999, reactions: [lineAt(1, 1000)] },
    false,
  ],
];
test.each(MENDING)('whether an error is mended: %s', (_, known, isMended) => {
  const errors = findErrors(placed(['src/a.ts(3,1): error TS2304: x']));
  expect(groupErrors(errors, { ...SOURCE, ...known })[0]?.isMended).toBe(isMended);
});

test('an error without a place is not mended by an answer while nothing has changed since', () => {
  const errors = findErrors(placed(['TypeError: x', '    at f (/usr/lib/i.js:1:1)']));
  const mended = (lastChangeAt: number | null) =>
    groupErrors(errors, { ...SOURCE, wellAt: 3000, lastChangeAt })[0]?.isMended;
  expect([mended(null), mended(900), mended(2000)]).toEqual([false, false, true]);
});

test('a place in other people’s code is none in the repository', () => {
  const stack = ['TypeError: x', '    at f (/repo/node_modules/lib/i.js:1:1)', '    at g (/repo/src/b.js:2:3)'];
  const [group] = groupErrors(findErrors(placed(stack)), SOURCE);
  expect(group?.frames).toEqual([{ file: 'src/b.js', line: 2, column: 3 }]);
});

const SOURCE = {
  service: 'web',
  root: '/repo',
  cwd: '/repo',
  changedAt: (): number | null => null,
  begunAt: [] as readonly number[],
  reactions: [] as readonly LogText[],
  wellAt: null as number | null,
  lastChangeAt: null as number | null,
};

function found(log: readonly LogText[]): readonly string[] {
  return groupErrors(findErrors(log), SOURCE).map(({ tool, kind, message, place }) => {
    const at = place === null ? [] : [place.file, place.line, place.column].filter((part) => part !== null);
    return `${tool} ${kind}: ${message}${place === null ? '' : ` @ ${at.join(':')}`}`;
  });
}

function readLog(folder: string, file: string): readonly LogText[] {
  return placed(readFileSync(join(import.meta.dirname, folder, file), 'utf8').split('\n'));
}

function lineAt(order: number, at: number): LogText {
  return { text: 'reloading', order, at };
}

function placed(lines: readonly string[]): readonly LogText[] {
  return lines.map((text, order) => ({ text, order, at: 1000 + order }));
}
