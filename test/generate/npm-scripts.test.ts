import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropScripts, foreignScripts, putScripts } from '../../src/generate/json/npm-scripts.ts';
import { findScripts } from '../../src/manifest/npm-scripts.ts';
import { createFixture, NAMES, service } from './project-fixture.ts';

const BODY = '"dev": "node .devgen/runtime/front.cjs up"\n"dev:stop": "node .devgen/runtime/front.cjs stop"\n';

test('scripts are added behind the user’s in the user’s own indentation', () => {
  const text = '{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b",\n\t\t"test": "vitest"\n\t},\n\t"private": true\n}';
  expect(putScripts(text, BODY)).toBe(
    '{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b",\n\t\t"test": "vitest",\n' +
      '\t\t"dev": "node .devgen/runtime/front.cjs up",\n\t\t"dev:stop": "node .devgen/runtime/front.cjs stop"\n' +
      '\t},\n\t"private": true\n}',
  );
});

test('putting scripts and dropping them restores every byte of any package.json, and it stays valid', () => {
  const scripts = fc.dictionary(fc.stringMatching(/^[a-z:]{1,8}$/), fc.string());
  const indent = fc.constantFrom(0, 2, 4, '\t');
  fc.assert(
    fc.property(scripts, indent, fc.constantFrom('', '\n', '\r\n'), (own, space, end) => {
      const text = JSON.stringify({ name: 'x', scripts: own, files: [] }, null, space) + end;
      const put = putScripts(text, BODY) ?? '';
      const parsed = JSON.parse(put) as { scripts: Record<string, string> };
      expect(parsed.scripts['dev:stop']).toBe('node .devgen/runtime/front.cjs stop');
      expect(findScripts(put)).toEqual({ kind: 'found', body: BODY });
      expect(dropScripts(put)).toBe(text);
    }),
  );
});

test('scripts that the user added behind ours stay when ours go', () => {
  const text = putScripts('{"scripts": {"a": "b"}}', BODY)?.replace('stop"}', 'stop", "mine": "c"}');
  expect(JSON.parse(dropScripts(text ?? '') ?? '')).toEqual({ scripts: { a: 'b', mine: 'c' } });
});

test.each(['', '\t', '  ', '    '])(
  'a package.json without scripts, indented by %j, gets them and is restored',
  (space) => {
    for (const content of [{}, { name: 'x' }, { name: 'x', files: ['a'], dependencies: { b: '1' } }]) {
      const text = `${JSON.stringify(content, null, space)}\n`;
      const put = putScripts(text, BODY) ?? '';
      expect(JSON.parse(put)).toEqual({ ...content, scripts: JSON.parse(`{${BODY.trim().replace('\n', ',')}}`) });
      expect(putScripts(put, BODY)).toBe(put);
      expect([findScripts(text).kind, findScripts(put).kind]).toEqual(['absent', 'found']);
      expect(dropScripts(put)).toBe(text);
      expect(JSON.parse(dropScripts(put.replace(/"dev": "node/, '"dev": "mine')) ?? '').scripts).toEqual({
        dev: expect.stringMatching(/^mine/),
      });
    }
  },
);

test('what lands in a package.json without scripts stands in its indentation', () => {
  expect(putScripts('{\n  "name": "x"\n}\n', '"dev": "node .devgen/runtime/front.cjs up"\n')).toBe(
    '{\n  "name": "x",\n  "scripts": {\n    "dev": "node .devgen/runtime/front.cjs up"\n  }\n}\n',
  );
});

test('a package.json that is not JSON, or whose scripts are none, is left alone', () => {
  expect(findScripts('{ broken')).toEqual({ kind: 'damaged' });
  expect(foreignScripts('["x"]')).toBeUndefined();
  expect(foreignScripts('{"scripts": []}')).toBeUndefined();
  expect([...(foreignScripts('{"name": "x"}') ?? [])]).toEqual([]);
  expect([...(foreignScripts('{"scripts": {"dev": "vite"}}') ?? [])]).toEqual([['dev', 'vite']]);
});

test.each([
  ['npm run dev', 'frontend', true],
  ['npm --prefix frontend run dev', '.', true],
  ['npm run dev', '.', false],
])('`dev` is added beside a service that runs `%s` in %s: %s', async (command, cwd, isAdded) => {
  const project = createFixture({ 'package.json': '{\n  "scripts": {\n    "test": "vitest"\n  }\n}\n' });
  await project.generate({ plan: { ...NAMES, services: [service('frontend', { command, cwd })] } });
  const { scripts } = JSON.parse(project.read('package.json')) as { scripts: Record<string, string> };
  expect(Object.hasOwn(scripts, 'dev')).toBe(isAdded);
  expect(Object.hasOwn(scripts, 'devgen:frontend')).toBe(true);
});
