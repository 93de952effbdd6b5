import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderTable } from '../scripts/lifecycle/render-table.ts';
import { repository } from './rig/project.ts';
import { codeOnly, filesBelow, type Import, readSourceFiles, type SourceFile } from './rig/source-files.ts';

const siblings = [
  'ports',
  'process',
  'containers',
  'health',
  'errors',
  'logs',
  'metrics',
  'sentences',
  'state',
  'tasks',
  'worktrees',
].map((name) => `runtime/${name}`);
const ground = ['base', 'platform', 'config', 'plan'];
/** What was generated, and whether it still is so: the generator, the runtime and detection ask the same. */
const written = 'manifest';
/** What is recorded has one vocabulary, which the other small rooms of `runtime/` write and read. */
const recorded = [...ground, 'runtime/state'];

/** What each room may import; every room may import itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  platform: ['base'],
  config: ['base', 'platform', 'manifest'],
  plan: ['base', 'platform', 'config'],
  detect: [...ground, written],
  manifest: ['base', 'platform'],
  generate: [...ground, written],
  'runtime/ports': recorded,
  'runtime/process': recorded,
  'runtime/containers': recorded,
  'runtime/health': recorded,
  'runtime/errors': recorded,
  'runtime/logs': recorded,
  'runtime/metrics': recorded,
  /** The words for what happened are one: commands show them, and alerts send them. */
  'runtime/sentences': recorded,
  'runtime/state': ground,
  'runtime/tasks': recorded,
  /** Which files a step reads, and whether they changed, is asked as for tasks. */
  'runtime/setup': [...recorded, 'runtime/tasks'],
  'runtime/worktrees': recorded,
  'runtime/supervisor': [...ground, ...siblings, written],
  'runtime/client': [...ground, ...siblings, 'runtime/supervisor'],
  /** The module: the commands without their words. */
  api: [...ground, ...siblings, written, 'runtime/supervisor', 'runtime/client', 'cli'],
  'index.ts': ['api'],
  /** Runs in browsers: it asks over HTTP, and knows only the documents that commands print. */
  ui: ['base'],
  cli: [...ground, ...siblings, 'runtime/setup', 'runtime/supervisor', 'runtime/client', 'detect', written, 'generate'],
};

/** What the rooms of the supervisor may import of one another. */
const withinSupervisor: Readonly<Record<string, readonly string[]>> = {
  lifecycle: [],
  control: [],
  run: ['lifecycle', 'control'],
  service: ['lifecycle', 'run'],
  ports: ['control', 'run'],
  requests: ['control', 'lifecycle', 'ports', 'run', 'service'],
  adoption: ['lifecycle', 'run'],
  server: ['control', 'requests'],
};

/** The rooms that a package has its role in; a package that is not here may be imported by none. */
const packageRooms: Readonly<Record<string, readonly string[]>> = {
  '@babel/parser': ['detect'],
  '@clack/prompts': ['cli'],
  '@lezer/python': ['detect'],
  cosmiconfig: ['config'],
  diff: ['generate'],
  execa: ['platform'],
  'fast-xml-parser': ['detect'],
  'jsonc-parser': ['generate'],
  'kill-port': ['platform'],
  picomatch: ['runtime/tasks'],
  preact: ['ui'],
  'smol-toml': ['detect', 'generate'],
  'tree-kill': ['platform'],
  'wait-on': ['runtime/health'],
  yaml: ['config', 'detect', 'generate'],
  yargs: ['cli'],
  zod: ['config'],
  zx: ['generate'],
};

const sources = readSourceFiles();

test('imports between rooms go downwards only', () => {
  const wrong = eachImport(
    (file, imported) => imported.isRelative && !mayImport(file, imported) && `imports ${imported.target}`,
  );
  expect(wrong).toEqual([]);
});

test('imports between the rooms of the supervisor go one way', () => {
  const wrong = eachImport((file, { target, isRelative }) => {
    const [from, to] = [partOf(file.path), partOf(target)];
    if (!isRelative || from === undefined || to === undefined || from === to) return false;
    return !(withinSupervisor[from] ?? []).includes(to) && `imports ${target}`;
  });
  expect(wrong).toEqual([]);
});

test('no import cycle exists', () => {
  expect(findCycle()).toBeUndefined();
});

test('a package is imported only by the room it has its role in', () => {
  const wrong = eachImport((file, { target, isRelative }) => {
    if (isRelative || target.startsWith('node:')) return false;
    const name = /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
    return !(packageRooms[name] ?? []).includes(roomOf(file.path)) && `imports ${target}`;
  });
  expect(wrong).toEqual([]);
});

test('only platform/ starts processes and sends signals', () => {
  const imports = eachImport((file, { target }) => target === 'node:child_process' && roomOf(file.path) !== 'platform');
  expect([...imports, ...mentions(/\bprocess\.kill\b/, (file) => roomOf(file.path) === 'platform')]).toEqual([]);
});

test('only platform/ opens files, and there never waits at a pipe or takes in an endless file', () => {
  const isPlatform = (file: SourceFile) => roomOf(file.path) === 'platform';
  const asynchronous = eachImport((file, { target }) => target === 'node:fs/promises' && !isPlatform(file));
  expect([
    ...mentions(/\b(readFileSync|openSync|createReadStream|appendFileSync|createWriteStream)\b/, isPlatform),
    ...asynchronous,
  ]).toEqual([]);
});

test('only platform/ makes folders, and there none that other users may write', () => {
  expect(mentions(/\bmkdirSync\b/, (file) => roomOf(file.path) === 'platform')).toEqual([]);
});

test('only cli/ prints, reads the arguments and decides the exit code', () => {
  const isCli = (file: SourceFile) => roomOf(file.path) === 'cli';
  const isEntry = (file: SourceFile) => isCli(file) || file.path === 'runtime/supervisor/main.ts';
  expect([
    ...mentions(/\bconsole\.|\bprocess\.(stdout|exitCode)\b/, isCli),
    // The supervisor is a program of its own; its stderr is the runtime's log.
    ...mentions(/\bprocess\.(argv|exit\(|stderr)/, isEntry),
  ]).toEqual([]);
});

test('only the publisher writes statuses and events, which have been masked and cleaned there', () => {
  const writers = eachImport(
    (file, { target }) =>
      ['runtime/state/status-file.ts', 'runtime/logs/event-log.ts'].includes(target) &&
      /\b(?:writeStatus|openEventLog)\b/.test(file.text) &&
      `writes by ${target}`,
  );
  expect(new Set(writers.map((line) => line.split(':')[0]))).toEqual(
    // The second is the publisher's own, the third amends what a publisher wrote.
    new Set(['runtime/supervisor/publisher.ts', 'runtime/supervisor/own-status.ts', 'runtime/state/amend-status.ts']),
  );
});

/** What shows secrets because that is what the user asked it for. */
const unmasking = [
  ...['attached/attach.ts', 'commands/logs.ts', 'commands/env.ts', 'commands/completion.ts', 'commands/config.ts'],
  'commands/ui.ts',
  'generator/commands/export.ts',
  ...['screen/screen.ts', 'screen/hide-secrets.ts'],
].map((file) => `cli/${file}`);

test('every text is shown by the screen, which cleans it and masks secrets', () => {
  const isScreen = (file: SourceFile) => file.path.startsWith('cli/screen/');
  expect([
    ...mentions(/\bwriteFully\b|\bsteer\b|\bprocess\.stdout\.write\b/, isScreen),
    ...mentions(/\bunmasked\b/, (file) => unmasking.includes(file.path)),
    // What a page is sent goes through the screen, too.
    ...mentions(/\bJSON\.stringify\b/, (file) => !file.path.startsWith('cli/ui/')),
    // Another answer to what an escape sequence is.
    ...mentions(/\bstripVTControlCharacters\b/, () => false),
  ]).toEqual([]);
});

test('only the owner of a run writes its record', () => {
  const writers = eachImport(
    (file, { target }) =>
      target === 'runtime/state/run-record-file.ts' && /\bwriteRunRecord\b/.test(file.text) && 'writes',
  );
  expect(writers).toEqual(['runtime/supervisor/run/kept-record.ts: writes']);
});

test('only platform/ and cli/ ask which operating system this is', () => {
  const isAllowed = (file: SourceFile) => ['platform', 'cli'].includes(roomOf(file.path));
  expect(mentions(/\bprocess\.platform\b/, isAllowed)).toEqual([]);
});

test('no file has more than 250 lines, but for tables of test cases', () => {
  const files = [
    ...filesBelow('src', ['.ts', '.tsx']),
    ...filesBelow('scripts', ['.mjs', '.ts']),
    ...filesBelow('test/rig', ['.ts']),
  ];
  const long = files.map((file) => `${file}: ${lineCount(file)}`).filter((line) => Number(line.split(': ')[1]) > 250);
  expect(long).toEqual([]);
});

test('ARCHITECTURE.md is short, and shows the lifecycle table as `node scripts/lifecycle.mjs` draws it', () => {
  expect(lineCount('ARCHITECTURE.md')).toBeLessThanOrEqual(190);
  const [, shown] = /<!-- lifecycle -->\n(.*?)\n<!-- \/lifecycle -->/s.exec(textOf('ARCHITECTURE.md')) ?? [];
  expect(shown).toBe(renderTable());
});

test('no exported name stands for two things', () => {
  const declaration = /^export (?:declare )?(?:async )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
  const places = new Map<string, Set<string>>();
  for (const { path, text } of sources) {
    for (const [, name = ''] of text.matchAll(declaration)) places.set(name, (places.get(name) ?? new Set()).add(path));
  }
  const doubled = [...places].filter(([, files]) => files.size > 1);
  expect(doubled.map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([]);
});

test('code and titles of tests are in the field’s words, not in a private language', () => {
  const word = /\b(?:nobody|whoever|whomever|somebody|heir|errand|ascent|stance|desk)s?\b/i;
  const files = [...filesBelow('src', ['.ts', '.tsx']), ...filesBelow('scripts', ['.mjs', '.cjs', '.ts'])];
  const texts = [
    ...files.map((file) => ({ file, lines: textOf(file).split('\n') })),
    ...filesBelow('test', ['.test.ts']).map((file) => ({ file, lines: titlesIn(textOf(file)) })),
  ];
  const found = texts.flatMap(({ file, lines }) =>
    // A name such as `portDesk` is two words.
    lines
      .filter((line) => word.test(line.replace(/([a-z])([A-Z])/g, '$1 $2')))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

test('no line of src/ has more than 120 columns', () => {
  const long = sources.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (line.length > 120 ? [`${path}:${index + 1}: ${line.length}`] : [])),
  );
  expect(long).toEqual([]);
});

test('nothing names a package registry', () => {
  const hosts = [
    ['registry', 'npmjs', 'org'],
    ['registry', 'yarnpkg', 'com'],
    ['pypi', 'org'],
  ].map((parts) => parts.join('.'));
  const folders = ['src', 'scripts', 'test', 'templates', 'examples'];
  const files = folders.flatMap((folder) => filesBelow(folder, ['']));
  const naming = [...files, 'package-lock.json'].filter((file) => hosts.some((host) => textOf(file).includes(host)));
  expect(naming).toEqual([]);
});

function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'runtime' ? `${first}/${second}` : first;
}

/** The room within the supervisor; `undefined`: another place, or its root. */
function partOf(path: string): string | undefined {
  return /^runtime\/supervisor\/([^/]+)\//.exec(path)?.[1];
}

function mayImport(file: SourceFile, { target }: Import): boolean {
  const from = roomOf(file.path);
  const to = roomOf(target);
  if (target === '../package.json') return from === 'cli';
  if (from === to || allowed[from]?.includes(to) === true) return true;
  // The compiler's entry joins the config and the plan; nothing but a dynamic import reaches it.
  return file.path === 'config/compile.ts' && to === 'plan';
}

function eachImport(complaint: (file: SourceFile, imported: Import) => string | false | true): string[] {
  return sources.flatMap((file) =>
    file.imports.flatMap((imported) => {
      const found = complaint(file, imported);
      return found === false ? [] : [`${file.path}: ${found === true ? `imports ${imported.target}` : found}`];
    }),
  );
}

function mentions(pattern: RegExp, isAllowed: (file: SourceFile) => boolean): string[] {
  return sources
    .filter((file) => !isAllowed(file))
    .flatMap((file) => {
      const match = pattern.exec(codeOnly(file.text));
      return match === null ? [] : [`${file.path}: ${match[0]}`];
    });
}

/** The files of the first cycle found; imports of types alone do not count, they are gone at run time. */
function findCycle(): readonly string[] | undefined {
  const byPath = new Map(sources.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    const targets = byPath.get(path)?.imports.filter((each) => each.isRelative && !each.isTypeOnly) ?? [];
    for (const { target } of targets) {
      const cycle = visit(target, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of sources) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** What stands in quotes behind `test(`, `it(` or `describe(`, or behind the table of such a call. */
function titlesIn(text: string): readonly string[] {
  const title = /(?:\b(?:test|it|describe)(?:\.\w+)*\(|\)\()\s*(['"`])((?:\\.|(?!\1).)*)\1/gs;
  return [...text.matchAll(title)].flatMap(([, , words]) => words ?? []);
}

function textOf(file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}

function lineCount(file: string): number {
  return textOf(file).split('\n').length - 1;
}
