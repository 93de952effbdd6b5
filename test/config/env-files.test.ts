import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEnvFiles } from '../../src/config/env-files.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { parseEnvText } from '../../src/config/parse-env-text.ts';
import { expandKnownVariables, expandVariables } from '../../src/plan/expand.ts';
import { ENV_LINES } from './env-lines.ts';
import { show } from './show.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function templatesIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(parseEnvText(text).map(({ name, template }) => [name, template]));
}

describe('parseEnvText', () => {
  test.each<[text: string, variables: Record<string, string>]>([
    ['A=1\nB = x y  # note\n#C=3\n', { A: '1', B: 'x y' }],
    ['\uFEFFA=1\r\nB="two\r\nlines"\r\n', { A: '1', B: 'two\nlines' }],
    ['export A=1\nexport B="x"', { A: '1', B: 'x' }],
    ['not a line\nA=1', { A: '1' }],
    ['A=$B/$' + '{C:-d}', { A: '$B/$' + '{C:-d}' }],
    ["A='$B'", { A: '$$B' }],
    ["A=1\nA='$B'", { A: '$$B' }],
    ["A='$B'\nA=$B", { A: '$B' }],
    ['A=pa\\$word\nB="pa\\$word"', { A: 'pa$$word', B: 'pa$$word' }],
    ['A=pa$$word', { A: 'pa$$$$word' }],
    ['A=\nB=""', { A: '', B: '' }],
  ])('%j', (text, variables) => {
    expect(templatesIn(text)).toEqual(variables);
  });

  // A quote that is never closed: Node and python-dotenv drop the line, and with it whatever was meant.
  const unclosed = ['A="1', "A='1"];

  test.each(ENV_LINES.flatMap(([text, ...readings]) => (unclosed.includes(text) ? [] : [{ text, readings }])))(
    '$text is read as others read it',
    ({ text, readings }) => {
      const templates = Object.entries(templatesIn(text));
      const ours = JSON.stringify(
        Object.fromEntries(
          templates.map(([name, template]) => [name, expandKnownVariables(template, () => undefined)]),
        ),
      );
      const others = readings.map((reading) => JSON.stringify(reading));
      const agreed = others.find((reading, index) => others.length === 1 || others.indexOf(reading) !== index);
      expect(agreed === undefined ? others : [agreed]).toContain(ours);
    },
  );

  test('a quote that is never closed is a part of the value', () => {
    expect(unclosed.map(templatesIn)).toEqual([{ A: '"1' }, { A: "'1" }]);
  });

  test('knows where each variable is set', () => {
    expect(parseEnvText('A=1\r\n  export B="x\r\ny"\nA=2\n').map(({ name, offset }) => [name, offset])).toEqual([
      ['A', 0],
      ['B', 13],
      ['A', 21],
    ]);
  });

  test('gives back any text that was written in single quotes, dollars and all', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), fc.stringMatching(/^[^'\r\0]{0,30}$/), (name, value) => {
        const template = templatesIn(`X=1\n${name}_='${value}'\nY=2\n`)[`${name}_`] ?? '';
        expect(expandVariables(template, () => 'wrong')).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('readEnvFiles', () => {
  async function read(files: Record<string, string>) {
    const root = temporaryDirectory(files);
    const loaded = await loadConfig(root);
    if (!loaded.ok) throw new Error(show(loaded.error));
    return { root, ...readEnvFiles(loaded.value) };
  }

  const CONFIG = 'services:\n  web:\n    command: x\n    cwd: app\n    envFile: [.env, extra.env]\n';

  test('.env.local wins over .env, a later envFile over an earlier', async () => {
    const { files, problems } = await read({
      'devgen.config.yaml': CONFIG,
      '.env': 'A=1\nB=1',
      '.env.local': 'B=2',
      'app/.env': 'A=3\nC=3',
      'app/extra.env': 'C=4',
    });
    expect(files).toEqual({
      root: { A: '1', B: '2' },
      services: { web: { paths: ['app/.env', 'app/extra.env'], variables: { A: '3', C: '4' } } },
    });
    expect(problems).toEqual([]);
  });

  test('all files it looked for are told with the names they set, those that are absent too', async () => {
    const { sources } = await read({ 'devgen.config.yaml': CONFIG, '.env': 'A=1' });
    expect(sources.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: '.env', names: ['A'] },
      { path: '.env.local', names: null },
      { path: 'app/.env', names: null },
      { path: 'app/extra.env', names: null },
    ]);
  });

  test('an env file that the config asks for has to exist', async () => {
    const { problems } = await read({
      'devgen.config.yaml': CONFIG,
      'extra.env': '',
      'app/.env.example': 'A=',
    });
    expect(show(problems)).toBe(`devgen.config.yaml:5:15 config/env-file-missing
  \`app/.env\`, an env file of \`web\`, does not exist
  |     envFile: [.env, extra.env]
  |               ~~~~
  = Copy \`app/.env.example\` to \`app/.env\` and fill it in.
devgen.config.yaml:5:21 config/env-file-missing
  \`app/extra.env\`, an env file of \`web\`, does not exist
  |     envFile: [.env, extra.env]
  |                     ~~~~~~~~~
  = Write \`../extra.env\`: env files are looked for in the service's \`cwd\`, and this one is in the project root.`);
  });

  test('a directory called .env, as some virtual environments are, is not an env file', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': 'services: { web: { command: x } }' });
    mkdirSync(join(root, '.env'));
    const loaded = await loadConfig(root);
    expect(loaded.ok && readEnvFiles(loaded.value)).toMatchObject({ files: { root: {} }, problems: [] });
  });
});
