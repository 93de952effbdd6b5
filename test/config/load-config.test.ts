import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { show } from './show.ts';
import { temporaryDirectory, writeIn } from './temporary-directory.ts';

async function mistakesIn(file: string, text: string): Promise<string> {
  const loaded = await loadConfig(temporaryDirectory({ [file]: text }));
  return show(loaded.ok ? [] : loaded.error);
}

const WEB = { services: { web: { command: 'npm run dev' } } };

describe('every format gives the same config', () => {
  test.each([
    ['devgen.config.yaml', 'services:\n  web:\n    command: npm run dev\n'],
    ['devgen.config.yaml', '\uFEFFservices:\r\n  web:\r\n    command: npm run dev\r\n'],
    [
      'devgen.config.yml',
      'x: &x { command: npm run dev }\n'.replace('x: &x', 'services: { web:').replace('}\n', '} }\n'),
    ],
    ['devgen.config.json', '\uFEFF{\n\t"services": { "web": { "command": "npm run dev" } }\n}'],
    ['.devgenrc', '{"services": {"web": {"command": "npm run dev"}}}'],
    ['.devgenrc', 'services: { web: { command: npm run dev } }'],
    ['.project.config', 'services: { web: { command: npm run dev } }'],
    ['package.json', '{"name": "a", "devgen": {"services": {"web": {"command": "npm run dev"}}}}'],
    ['devgen.config.mjs', 'export default { services: { web: { command: "npm run dev" } } }'],
    ['devgen.config.js', 'module.exports = { services: { web: { command: "npm run dev" } } }'],
    ['.devgenrc.cjs', 'module.exports = { services: { web: { command: "npm run dev" } } }'],
    ['devgen.config.mjs', 'export default async () => ({ services: { web: { command: "npm run dev" } } })'],
  ])('%s: %j', async (file, text) => {
    const root = temporaryDirectory({ [file]: text });
    const loaded = await loadConfig(root);
    expect(loaded).toMatchObject({ ok: true, value: { root, file, config: WEB } });
    expect(loaded.ok && loaded.value.config).toEqual(WEB);
    expect(readdirSync(root).sort()).toEqual(['.git', file].sort());
  });

  test('YAML anchors and merge keys are understood', async () => {
    const text = `services:
  one: &base { command: run, cwd: a }
  two: { <<: *base, cwd: b }
`;
    const loaded = await loadConfig(temporaryDirectory({ 'devgen.config.yaml': text }));
    expect(loaded.ok && loaded.value.config.services?.two).toEqual({ command: 'run', cwd: 'b' });
  });

  test('a script that changed is read anew within one process', async () => {
    const root = temporaryDirectory({ 'devgen.config.mjs': 'export default { services: { a: { command: "x" } } }' });
    await loadConfig(root);
    writeIn(root, 'devgen.config.mjs', 'export default { services: { b: { command: "x" } } }');
    const loaded = await loadConfig(root);
    expect(loaded.ok && Object.keys(loaded.value.config.services ?? {})).toEqual(['b']);
  });
});

test.each([
  [
    'devgen.config.yaml',
    'services:\n  web: { command: x, env: { A: 3.10, B: 01234, C: +4912, D: 123456789012345678901, E: 0x1F, F: True, G: "3.10", H: a } }\n',
  ],
  [
    'devgen.config.yaml',
    'services:\n  api: { command: x, env: &env { A: 3.10, B: 01234, C: +4912 } }\n  web: { command: x, env: { <<: *env, D: 123456789012345678901, E: 0x1F, F: True, G: "3.10", H: a } }\n',
  ],
])('an environment variable is the text that is written in %s: %s', async (file, text) => {
  const loaded = await loadConfig(temporaryDirectory({ [file]: text }));
  expect(loaded.ok && loaded.value.config.services?.web?.env).toEqual({
    A: '3.10',
    B: '01234',
    C: '+4912',
    D: '123456789012345678901',
    E: '0x1F',
    F: 'True',
    G: '3.10',
    H: 'a',
  });
});

test.each([
  ['devgen.config.json', '{ "tasks": { "t": { "run": "x", "env": { "A": 3.10, "B": 1e3, "C": true } } } }'],
  ['package.json', '{ "devgen": { "tasks": { "t": { "run": "x", "env": { "A": 3.10, "B": 1e3, "C": true } } } } }'],
])('so it is in %s', async (file, text) => {
  const loaded = await loadConfig(temporaryDirectory({ [file]: text }));
  expect(loaded.ok && loaded.value.config.tasks?.t?.env).toEqual({ A: '3.10', B: '1e3', C: 'true' });
});

test('a key that no object can have of its own is a mistake, not passed over', async () => {
  expect(await mistakesIn('devgen.config.yaml', 'services:\n  __proto__: { command: x }\n')).toContain(
    '`__proto__` in `services` cannot be a name',
  );
});

test('a name that is too long for a file is a mistake', async () => {
  const mistakes = await mistakesIn('devgen.config.yaml', `services:\n  ${'a'.repeat(64)}: { command: x }\n`);
  expect(mistakes).toContain('must be a name of at most 63 lower-case letters');
});

describe('values', () => {
  test('durations become milliseconds, sizes bytes, environment values texts', async () => {
    const text = `services:
  web:
    command: x
    stop: { grace: 1.5 }
    restart: { window: 2m, maxMemory: 512MB }
    env: { A: 1, B: true, C: x }
logs: { maxSize: 1.5GB }
`;
    const loaded = await loadConfig(temporaryDirectory({ 'devgen.config.yaml': text }));
    expect(loaded.ok && loaded.value.config).toEqual({
      services: {
        web: {
          command: 'x',
          stop: { grace: 1500 },
          restart: { window: 120_000, maxMemory: 536_870_912 },
          env: { A: '1', B: 'true', C: 'x' },
        },
      },
      logs: { maxSize: 1_610_612_736 },
    });
  });

  test.each([
    ['port: 0', 'port: 65536', 'port: abc', 'port: 80.5', 'port: "70000"', 'port: true'],
    ['stop: { grace: 10 secs }', 'stop: { grace: -1 }', 'stop: { grace: 30d }', 'health: { timeout: 0 }'],
    ['restart: { maxMemory: much }', 'restart: { maxMemory: 0 }', 'restart: { maxRestarts: -1 }'],
    ['cwd: /srv/app', 'cwd: ~/app', 'host: http://localhost', 'waitFor: [5432]', 'waitFor: [postgres]'],
    ['waitFor: [tcp:localhost]', 'waitFor: [tcp:db:99999]', 'waitFor: ["http://[x/"]', 'waitFor: ["file:"]'],
    ['port: 1\n    health: { log: "(" }', 'port: 1\n    health: { expect: 200 }', 'port: { fallback: 3 }'],
    ['health: /x', 'health: { tcp: true }', 'dependsOn: web2', 'env: { A-B: 1 }', 'env: [A=1]', 'command: ""'],
  ])('refused, each with one diagnostic: %s, %s, %s, %s', async (...lines) => {
    for (const line of lines) {
      const first = line.startsWith('command') ? '' : '    command: x\n';
      const loaded = await loadConfig(
        temporaryDirectory({ 'devgen.config.yaml': `services:\n  web:\n${first}    ${line}\n` }),
      );
      expect(loaded.ok ? 'accepted' : loaded.error.length, line).toBe(1);
    }
  });

  test.each([
    'port: 1',
    'port: 65535',
    'port: "8000"',
    'port: auto',
    `port: ${'$'}{API_PORT:-8000}`,
    'port: { number: auto, fallback: false }',
    'port: 1\n    health: { http: https://localhost:8443/x, expect: [200, 401] }',
    'health: { command: curl x }',
    'health: https://localhost/x',
    'stop: { grace: 0 }',
    'restart: never',
    'cwd: ../sibling',
    'host: "::1"',
    'waitFor: [tcp:5432, http-get://localhost, $DB]',
    'waitFor: [tcp:$HOST:$PORT, "http://unix:/tmp/x:/", file:built]',
  ])('accepted: %s', async (line) => {
    const text = `services:\n  web:\n    command: x\n    ${line}\n`;
    const loaded = await loadConfig(temporaryDirectory({ 'devgen.config.yaml': text }));
    expect(loaded.ok ? 'accepted' : show(loaded.error)).toBe('accepted');
  });
});

describe('scripts', () => {
  test('a script that throws is named with the line', async () => {
    expect(await mistakesIn('devgen.config.mjs', 'const a = 1;\nthrow new Error("no database");\n')).toBe(
      `devgen.config.mjs:2:7 config/script-failed
  \`devgen.config.mjs\` failed: Error: no database
  | throw new Error("no database");
  |       ~
  = Run \`node devgen.config.mjs\` to see the whole error.`,
    );
  });

  test('a script without a default export', async () => {
    expect(await mistakesIn('devgen.config.mjs', 'export const a = 1;')).toBe(
      `devgen.config.mjs config/no-export
  \`devgen.config.mjs\` has no default export
  = Write \`export default { services: { … } }\`.`,
    );
  });

  test('mistakes in what a script exports have no line, but their path', async () => {
    expect(await mistakesIn('devgen.config.mjs', 'export default { services: { web: { comand: "x" } } }')).toBe(
      `devgen.config.mjs config/unknown-key
  unknown key \`comand\` in \`services.web\`
  = Did you mean \`command\`?`,
    );
  });

  const TYPESCRIPT = 'const port: number = 1;\nexport default { services: { web: { command: "x", port } } };\n';
  const nodeStripsTypes = Object.entries(process.features).some(([name, value]) => name === 'typescript' && value);

  test.runIf(nodeStripsTypes)('TypeScript is left to Node, and nothing is written beside it', () => {
    const root = temporaryDirectory({ 'devgen.config.ts': TYPESCRIPT });
    // In a process of its own, because the test runner puts its own imports in place of Node's.
    const source = pathToFileURL(join(import.meta.dirname, '../../src/config/load-config.ts')).href;
    const script = `const { loadConfig } = await import(${JSON.stringify(source)});
      console.log(JSON.stringify(await loadConfig(${JSON.stringify(root)})));`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toMatchObject({ ok: true, value: { config: { services: { web: { port: 1 } } } } });
    expect(readdirSync(root).sort()).toEqual(['.git', 'devgen.config.ts']);
  });

  test.skipIf(nodeStripsTypes)('a Node that cannot run TypeScript says how to go on', async () => {
    expect(await mistakesIn('devgen.config.ts', TYPESCRIPT)).toBe(
      `devgen.config.ts config/typescript-unsupported
  Node ${process.versions.node} cannot run \`devgen.config.ts\`
  = Use Node 22.18 or newer, or write the config as \`devgen.config.yaml\` or \`devgen.config.mjs\`.`,
    );
  });
});

describe('a script without an end', () => {
  test.each([
    ['process.exit(0);', 'ended with exit code 0 before it had exported anything'],
    ['export default () => { process.exit(3); };', 'ended with exit code 3 before it had exported anything'],
    ['await new Promise(() => {});', 'ended with exit code 0 before it had exported anything'],
    ['for (;;);', 'has not exported anything after 10 s'],
  ])('is an error with its reason: %s', { timeout: 30_000 }, async (script, what) => {
    expect(await mistakesIn('devgen.config.mjs', script)).toBe(
      `devgen.config.mjs config/script-without-end
  \`devgen.config.mjs\` ${what}
  = A config exports its services, or a function that returns them, and neither exits nor waits for long.`,
    );
  });
});
