import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { setValue } from '../../src/config/edit/set-value.ts';
import { valuesOfWord } from '../../src/config/edit/values-of-word.ts';
import type { ConfigFormat } from '../../src/config/search-places.ts';

const YAML = `# The shop.
name: shop   # short

services:
  backend:
    command: flask run   # the API
    port:    5000        # not 5001
    health: { http: /api, period: 3s }   # asked often

  # The page.
  frontend:
    command: "vite"
    dependsOn: [backend]
tasks:
  test: { run: pytest, needs: [ backend ] }
`;

function set(path: string, value: unknown, { text = YAML, format = 'yaml' as ConfigFormat } = {}) {
  return setValue({ root: '/', file: 'config', format, text }, path.split('.'), value);
}

describe('in YAML', () => {
  it.each<[string, unknown, string, string]>([
    ['services.backend.port', 8000, 'port:    5000        #', 'port:    8000        #'],
    ['services.backend.port', 'auto', '5000        #', 'auto        #'],
    ['services.frontend.command', 'vite: dev', '"vite"', '"vite: dev"'],
    ['services.frontend.dependsOn', ['backend', 'db'], '[backend]', '[backend, db]'],
    ['services.frontend.dependsOn.0', 'api', '[backend]', '[api]'],
    ['services.backend.health.period', '5s', 'period: 3s', 'period: 5s'],
    ['services.backend.health.timeout', '2s', 'period: 3s', 'period: 3s, timeout: 2s'],
    ['services.backend.health', '/', '{ http: /api, period: 3s }', '/'],
    ['services.backend.cwd', 'server', '# asked often', '# asked often\n    cwd: server'],
    ['services.backend.stop.grace', '5s', '# asked often', '# asked often\n    stop: { grace: 5s }'],
    ['services.frontend.port', 5173, 'dependsOn: [backend]', 'dependsOn: [backend]\n    port: 5173'],
    ['services.frontend.env', { A: '1' }, 'dependsOn: [backend]', 'dependsOn: [backend]\n    env: { A: "1" }'],
    ['logs.keep', 5, 'needs: [ backend ] }', 'needs: [ backend ] }\nlogs: { keep: 5 }'],
    ['name', '007', 'name: shop', 'name: "007"'],
  ])('%s = %j changes nothing else', (path, value, from, to) => {
    expect(set(path, value)).toEqual({ ok: true, value: YAML.replace(from, to) });
  });

  it('keeps comments also where lines have to be laid out anew', () => {
    const text = 'services:\n  # first\n  a:\n    waitFor:\n      - tcp:1 # one\n      - tcp:2\n';
    expect(set('services.a.waitFor', ['tcp:3'], { text })).toEqual({
      ok: true,
      value: 'services:\n  # first\n  a:\n    waitFor: [ tcp:3 ]\n',
    });
  });

  it('survives a file without an end of line, one that is empty, and one with a byte order mark', () => {
    expect(set('logs.keep', 5, { text: 'name: a' })).toEqual({ ok: true, value: 'name: a\nlogs: { keep: 5 }' });
    expect(set('name', 'a', { text: '' })).toEqual({ ok: true, value: 'name: a\n' });
    expect(set('name', 'b', { text: '\uFEFFname: a\n' })).toEqual({ ok: true, value: '\uFEFFname: b\n' });
  });

  it('refuses where no key can be, and behind an alias', () => {
    expect(set('services.backend.command.x', 1)).toEqual({
      ok: false,
      error: { reason: 'no-mapping', path: ['services', 'backend', 'command'] },
    });
    const text = 'a: &a { x: 1 }\nb: *a\n';
    expect(set('b.x', 2, { text })).toEqual({ ok: false, error: { reason: 'shared', path: ['b'] } });
    expect(set('a.x', 2, { text })).toEqual({ ok: false, error: { reason: 'shared', path: ['a'] } });
    expect(set('name', 1, { text: 'a: [' })).toEqual({ ok: false, error: { reason: 'syntax' } });
  });
});

it.each([
  ['a new key in a block', 'services.backend.cwd', 'server'],
  ['a new key in braces', 'services.backend.health.timeout', '2s'],
  ['a new section', 'logs.keep', 5],
  ['a value', 'name', 'x'],
  ['a list', 'services.frontend.waitFor.0', 'tcp:1'],
])('carriage returns stay: %s', (_, path, value) => {
  const changed = set(path, value, { text: YAML.replaceAll('\n', '\r\n') });
  const text = changed.ok ? changed.value : '';
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(text).toContain(String(value));
});

describe('in JSON', () => {
  const JSON_TEXT = '{\n\t"name": "shop",\n\t"services": { "a": { "command": "x", "port": 1 } }\n}\n';

  it('changes a value letter for letter, and lays out the file in its own indentation for a new one', () => {
    expect(set('services.a.port', 2, { text: JSON_TEXT, format: 'json' })).toEqual({
      ok: true,
      value: JSON_TEXT.replace('"port": 1', '"port": 2'),
    });
    const text = JSON.stringify({ services: { a: { command: 'x' } } }, null, 4);
    expect(set('services.a.cwd', 'b', { text, format: 'json' })).toEqual({
      ok: true,
      value: JSON.stringify({ services: { a: { command: 'x', cwd: 'b' } } }, null, 4),
    });
  });

  it('touches only `devgen` of a package.json', () => {
    const text = '{\n  "name": "x",\n  "devgen": { "services": { "a": { "command": "x", "port": 1 } } }\n}\n';
    expect(set('services.a.port', 'auto', { text, format: 'package' })).toEqual({
      ok: true,
      value: text.replace('"port": 1', '"port": "auto"'),
    });
  });

  it('puts a new key in and leaves every other byte', () => {
    const text = '{\n  "n": 1e3, "u": "\\u00e9",\n  "files": ["a", "b"],\n  "devgen": {\n    "services": {}\n  }\n}\n';
    expect(set('logs.keep', 5, { text, format: 'package' })).toEqual({
      ok: true,
      value: text.replace('"services": {}', '"services": {},\n    "logs": { "keep": 5 }'),
    });
    expect(set('services.a', { command: 'x' }, { text, format: 'package' })).toEqual({
      ok: true,
      value: text.replace('{}', '{"a": { "command": "x" }}'),
    });
  });

  it('changes lists', () => {
    const text = '{ "services": { "a": { "command": "x", "waitFor": [\n  "tcp:1"\n] } } }';
    const waitFor = (list: string) => ({ ok: true, value: text.replace(/\[[^\]]*\]/, list) });
    expect(set('services.a.waitFor', ['tcp:2'], { text, format: 'json' })).toEqual(waitFor('["tcp:2"]'));
    expect(set('services.a.waitFor.1', 'tcp:2', { text, format: 'json' })).toEqual(waitFor('["tcp:1", "tcp:2"]'));
  });

  it('knows JSON from YAML in a file without an ending', () => {
    const value = { ok: true, value: '{"name":"b"}' };
    expect(set('name', 'b', { text: '{"name":"a"}', format: 'yaml-or-json' })).toEqual(value);
    expect(set('name', 'b', { text: 'name: a', format: 'yaml-or-json' })).toEqual({ ok: true, value: 'name: b' });
  });
});

it('leaves programs to their authors', () => {
  expect(set('name', 'b', { format: 'script' })).toEqual({ ok: false, error: { reason: 'script' } });
  expect(set('name', 'b', { format: 'typescript' })).toEqual({ ok: false, error: { reason: 'script' } });
});

it.each([
  ['services.a.port', '8000', [8000, '8000']],
  ['services.a.restart.onUnhealthy', 'true', [true, 'true']],
  ['services.a.dependsOn', '[a, b]', [['a', 'b'], '[a, b]']],
  ['services.a.health', '{ http: / }', [{ http: '/' }, '{ http: / }']],
  ['services.a.health', '/x # y', ['/x # y', '/x']],
  ['services.a.command', 'npm run dev', ['npm run dev']],
  ['services.a.command', 'node s.js # --inspect', ['node s.js # --inspect']],
  ['services.a.command', '"my program" x', ['"my program" x']],
  ['services.a.before', '! test -f lock', ['! test -f lock']],
  ['services.a.before', 'false', ['false']],
  ['services.a.env.VERSION', '3.10', ['3.10']],
  ['services.a.env.PHONE', '+4912', ['+4912']],
  ['services.a.envFile.0', 'null', ['null']],
  ['services.a.waitFor', '*.ts', ['*.ts']],
  ['name', '007', ['007']],
  ['name', '', ['']],
])('for %s the word %j may mean %j', (path, word, values) => {
  expect(valuesOfWord(word, path.split('.'))).toEqual(values);
});

it('whatever the word for a text field, the config has it letter for letter', () => {
  const words = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom('# x', 'a # b', '*a', '!b', '&c', '- d', '1_000', '~'),
  );
  fc.assert(
    fc.property(words, fc.constantFrom<ConfigFormat>('yaml', 'json'), (word, format) => {
      const text = format === 'json' ? '{ "tasks": { "t": { "run": "x" } } }' : 'tasks:\n  t: { run: x } # one\n';
      const changed = set('tasks.t.run', word, { text, format });
      expect(parse(changed.ok ? changed.value : '')).toEqual({ tasks: { t: { run: word } } });
    }),
  );
});
