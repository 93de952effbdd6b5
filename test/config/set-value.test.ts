import { describe, expect, it } from 'vitest';
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
    expect(set('b.x', 2, { text })).toMatchObject({ ok: false, error: { reason: 'no-mapping' } });
    expect(set('name', 1, { text: 'a: [' })).toEqual({ ok: false, error: { reason: 'syntax' } });
  });
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
  ['8000', [8000, '8000']],
  ['true', [true, 'true']],
  ['[a, b]', [['a', 'b'], '[a, b]']],
  ['{ a: 1 }', [{ a: 1 }, '{ a: 1 }']],
  ['npm run dev', ['npm run dev']],
  ['echo: [', ['echo: [']],
  ['', ['']],
])('the word %j may mean %j', (word, values) => {
  expect(valuesOfWord(word)).toEqual(values);
});
