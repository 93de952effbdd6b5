import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { loadPlan } from '../../src/plan/load-plan.ts';
import { PLAN_CACHE_FILE, readCachedPlan, readLastPlan } from '../../src/plan/plan-cache.ts';
import { show } from '../config/show.ts';
import { temporaryDirectory, writeIn } from '../config/temporary-directory.ts';

const CONFIG = 'services:\n  web:\n    command: run 1\n    cwd: app\n    envFile: [own.env]\n';

async function compiled(files: Record<string, string> = {}): Promise<string> {
  const root = temporaryDirectory({ 'devgen.config.yaml': CONFIG, 'app/own.env': 'A=1', ...files });
  const plan = await loadPlan(root);
  if (!plan.ok) throw new Error(show(plan.error));
  return root;
}

async function commandOf(root: string): Promise<string | undefined> {
  const plan = await loadPlan(root);
  return plan.ok ? plan.value.services[0]?.command : show(plan.error);
}

describe('the plan cache', () => {
  test('gives the compiled plan as long as nothing changes', async () => {
    const root = await compiled();
    const plan = await loadPlan(root);
    expect(plan).toEqual({ ok: true, value: readCachedPlan(root) });
    expect(statSync(join(root, PLAN_CACHE_FILE)).mode & 0o777).toBe(0o600);
  });

  test.each<[change: string, apply: (root: string) => void]>([
    [
      'the config changes, even to the same length',
      (root) => writeIn(root, 'devgen.config.yaml', CONFIG.replace('1', '2')),
    ],
    ['.env appears', (root) => writeIn(root, '.env', 'A=1')],
    ['.env.local appears', (root) => writeIn(root, '.env.local', '')],
    ['an envFile sets another variable', (root) => writeIn(root, 'app/own.env', 'B=1')],
    ['an envFile vanishes', (root) => rmSync(join(root, 'app/own.env'))],
    ['a second config appears', (root) => writeIn(root, '.devgenrc', '{}')],
    ['a package.json with the key appears', (root) => writeIn(root, 'package.json', '{"devgen": {}}')],
    ['the config vanishes', (root) => rmSync(join(root, 'devgen.config.yaml'))],
    [
      'the cache is cut short',
      (root) => writeIn(root, PLAN_CACHE_FILE, readFileSync(join(root, PLAN_CACHE_FILE), 'utf8').slice(0, -20)),
    ],
    ['the cache is not JSON', (root) => writeIn(root, PLAN_CACHE_FILE, '\0\0')],
    ['the cache is another JSON', (root) => writeIn(root, PLAN_CACHE_FILE, 'null')],
    ['the cache lacks a part', (root) => edit(root, (cache) => ({ ...cache, plan: {} }))],
    [
      'a part of a service is of another kind',
      (root) => edit(root, (cache) => JSON.parse(JSON.stringify(cache).replace('"graceMs":', '"grace":'))),
    ],
    ['another build of devgen wrote it', (root) => edit(root, (cache) => ({ ...cache, build: 'other' }))],
    ['the cache is gone', (root) => rmSync(join(root, 'logs'), { recursive: true })],
  ])('is not used when %s', async (_change, apply) => {
    const root = await compiled();
    expect(readCachedPlan(root)).toBeDefined();
    apply(root);
    expect(readCachedPlan(root)).toBeUndefined();
  });

  test('holds no value of an env file, and gives the plan with what the files hold now', async () => {
    const root = await compiled({ '.env': 'TOKEN=hunter2-root', 'app/own.env': 'A=hunter2-own' });
    expect(readFileSync(join(root, PLAN_CACHE_FILE), 'utf8')).not.toContain('hunter2');
    writeIn(root, 'app/own.env', 'A=hunter2-new');
    writeIn(root, '.env.local', 'TOKEN=hunter2-local');
    expect(readCachedPlan(root)).toBeUndefined();
    const plan = await loadPlan(root);
    expect(plan).toMatchObject({
      value: { dotenv: { TOKEN: 'hunter2-local' }, services: [{ dotenv: { A: 'hunter2-new' } }] },
    });
    writeIn(root, 'app/own.env', 'A=hunter2-newest');
    expect(readCachedPlan(root)?.services[0]?.dotenv).toEqual({ A: 'hunter2-newest' });
    expect(readLastPlan(root)?.dotenv).toEqual({ TOKEN: 'hunter2-local' });
  });

  test('is not used when a variable behind an amount changes, in the shell or in an env file that it refers to', async () => {
    const config = `services:\n  web: { command: run, stop: { grace: "\${GRACE:-3s}" } }\n`;
    const root = await compiled({ 'devgen.config.yaml': config, '.env': 'GRACE=$SLOW\nSLOW=4s\nOTHER=1\n' });
    expect(readCachedPlan(root)?.services[0]?.stop.graceMs).toBe(4000);
    writeIn(root, '.env', 'GRACE=$SLOW\nSLOW=4s\nOTHER=2\n');
    expect(readCachedPlan(root)).toBeDefined();
    writeIn(root, '.env', 'GRACE=$SLOW\nSLOW=5s\nOTHER=2\n');
    expect(readCachedPlan(root)).toBeUndefined();
    await loadPlan(root);
    vi.stubEnv('GRACE', '6s');
    try {
      expect(readCachedPlan(root)).toBeUndefined();
      expect(await loadPlan(root)).toMatchObject({ value: { services: [{ stop: { graceMs: 6000 } }] } });
      expect(readCachedPlan(root)).toBeDefined();
    } finally {
      vi.unstubAllEnvs();
    }
    expect(readCachedPlan(root)).toBeUndefined();
  });

  test('is not used when the project was copied elsewhere', async () => {
    const root = await compiled();
    const copy = temporaryDirectory();
    cpSync(root, copy, { recursive: true });
    expect(readCachedPlan(copy)).toBeUndefined();
    expect(await commandOf(copy)).toBe('run 1');
  });

  test('survives changes that do not concern it', async () => {
    const root = await compiled({ 'package.json': '{"name": "a"}' });
    writeIn(root, 'package.json', '{"name": "b"}');
    writeIn(root, 'README.md', 'x');
    writeFileSync(join(root, 'devgen.config.yaml'), CONFIG);
    expect(readCachedPlan(root)).toBeDefined();
  });

  test('does not wait for a pipe that took the place of an env file', async () => {
    const root = await compiled();
    execFileSync('mkfifo', [join(root, '.env')]);
    expect(readCachedPlan(root)).toBeUndefined();
  });

  test('is kept apart from a directory called .env, as some virtual environments are', async () => {
    const root = await compiled({ '.env/bin/python': '' });
    expect(readCachedPlan(root)).toBeDefined();
  });
});

describe('loadPlan', () => {
  test('compiles anew after each change', async () => {
    const root = await compiled();
    writeIn(root, 'devgen.config.yaml', CONFIG.replace('run 1', 'run 2'));
    expect(await commandOf(root)).toBe('run 2');
  });

  test('works without a cache where none can be written', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': 'services: { web: { command: x } }', logs: 'a file' });
    expect(await commandOf(root)).toBe('x');
    expect(readFileSync(join(root, 'logs'), 'utf8')).toBe('a file');
  });

  test('works in a checkout that is read-only', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': 'services: { web: { command: x } }' });
    chmodSync(root, 0o555);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    const command = await commandOf(root).finally(() => isRoot && process.seteuid?.(0));
    chmodSync(root, 0o755);
    expect(command).toBe('x');
    expect(existsSync(join(root, 'logs'))).toBe(false);
  });

  test('runs a script anew each time when it reads more than its own text', async () => {
    const root = temporaryDirectory({
      'devgen.config.mjs':
        'import { command } from "./command.mjs";\nexport default { services: { web: { command } } };',
      'command.mjs': 'export const command = "x";',
    });
    expect(await commandOf(root)).toBe('x');
    expect(readCachedPlan(root)).toBeUndefined();
    expect(readLastPlan(root)?.services[0]?.command).toBe('x');
  });

  test('keeps the plan of a script that reads nothing else', async () => {
    const root = temporaryDirectory({
      'devgen.config.mjs': 'const port = 3000 + 1;\nexport default { services: { web: { command: "x", port } } };',
    });
    expect(await commandOf(root)).toBe('x');
    expect(readCachedPlan(root)).toBeDefined();
  });

  test('looks only in the root that it is given', async () => {
    const root = await compiled();
    expect(await commandOf(join(root, 'app'))).toContain('config/not-found');
  });

  test('tells mistakes of env files and of names together', async () => {
    const root = temporaryDirectory({
      'devgen.config.yaml': 'services:\n  web: { command: x, envFile: [a], dependsOn: [wep] }\n',
    });
    const plan = await loadPlan(root);
    expect(plan.ok ? [] : plan.error.map(({ code }) => code)).toEqual([
      'config/env-file-missing',
      'config/unknown-service',
    ]);
  });

  test('tells warnings once for each change of the config', async () => {
    const root = temporaryDirectory({ 'devgen.config.yaml': 'services: { web: { command: x, port: 6000 } }' });
    const told: Diagnostic[][] = [];
    const onWarnings = (warnings: readonly Diagnostic[]) => void told.push([...warnings]);
    await loadPlan(root, { onWarnings });
    await loadPlan(root, { onWarnings });
    expect(told.map((warnings) => warnings.map(({ code }) => code))).toEqual([['config/port-unsafe']]);
  });
});

function edit(root: string, change: (cache: Record<string, unknown>) => Record<string, unknown>): void {
  const path = join(root, PLAN_CACHE_FILE);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}
