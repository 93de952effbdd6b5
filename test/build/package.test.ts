import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { reservePort } from '../rig/ports.ts';
import { repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { pack } from './pack.ts';

test('the package, installed with no more than it depends on, runs by the name of its bin', async () => {
  const root = temporaryFolder();
  const modules = join(root, 'node_modules');
  await install(modules);
  mkdirSync(join(root, 'server'));
  writeFileSync(join(root, 'server/index.js'), 'require("http").createServer().listen(process.env.PORT || 3456);\n');
  writeFileSync(join(root, 'package.json'), '{ "private": true, "scripts": { "dev": "node server/index.js" } }\n');

  // As npx finds it.
  const environment = { ...userEnvironment(), PATH: `${join(modules, '.bin')}:${process.env.PATH}` };
  const devgen = (args: readonly string[]) => run('devgen', args, { cwd: root, environment });
  const initialised = await devgen(['init', '--yes']);
  expect(initialised, initialised.stderr).toMatchObject({ code: 0 });
  const status = await devgen(['status']);
  expect(status.stdout, status.stderr).toMatch(/^backend +down/m);
  expect(await run(join(root, 'dev'), ['check'], { cwd: root, environment })).toMatchObject({ code: 0 });
});

test('the package is a module, too: another package starts, watches and stops services with it, and its types hold', async () => {
  const root = temporaryFolder();
  await install(join(root, 'node_modules'));
  symlinkSync(join(repository, 'node_modules/@types'), join(root, 'node_modules/@types'));
  const port = await reservePort();
  const serve = "require('http').createServer((_, r) => r.end('hi')).listen(process.env.PORT, () => console.log('up'))";
  writeFileSync(join(root, 'server.js'), `${serve};\n`);
  const service = { command: 'node server.js', port };
  writeFileSync(join(root, 'devgen.config.json'), JSON.stringify({ name: 'shop', services: { api: service } }));
  writeFileSync(join(root, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(root, 'use.mts'), USE);
  const environment = userEnvironment();

  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const checked = await run(process.execPath, [tsc, ...options, 'use.mts'], { cwd: root, environment });
  expect(checked, checked.stdout).toMatchObject({ code: 0, stdout: '' });
  // Its types are simple enough for Node to leave out, and for older ones to be taken out here.
  writeFileSync(
    join(root, 'use.mjs'),
    USE.replace(': Manager =', ' =')
      .replace('type Manager, ', '')
      .replace(/: (?:string\[\]|string \| undefined)/g, ''),
  );
  const used = await run(process.execPath, ['use.mjs'], { cwd: root, environment, limitMs: 30_000 });
  expect(used, used.stderr).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(used.stdout)).toEqual({
    services: ['api'],
    started: { service: 'api', outcome: 'started', port, url: `http://localhost:${port}`, reason: null },
    again: 'already-running',
    states: ['ready', 'down'],
    health: 'healthy',
    isReady: true,
    line: 'up',
    kinds: ['starting', 'ready'],
    followed: expect.any(String),
    stopped: 'stopped',
    unknown: 'usage/unknown-service',
    nowhere: 'config/not-found',
  });
});

const USE = `
import { type Manager, createManager } from 'devgen';
const manager: Manager = await createManager({ root: process.cwd() });
const kinds: string[] = [];
const [{ pid, startupMs, ...started }] = await manager.start([], { onEvent: ({ kind }) => void kinds.push(kind) });
const [{ outcome: again }] = await manager.start(['api']);
const isReady = await manager.wait();
const [{ verdict: health }] = await manager.health();
const [{ state: first }] = await manager.status();
let line = '';
for await (const { text } of manager.logs(['api'], { follow: 'until-aborted' })) {
  line = text;
  break;
}
const events = manager.events()[Symbol.asyncIterator]();
let followed: string | undefined;
void events.next().then(({ value }) => (followed = value?.kind));
while (followed === undefined) await manager.restart();
const [{ outcome: stopped }] = await manager.stop();
await events.return?.();
const [{ state: last }] = await manager.status();
const unknown = await manager.start(['apj']).catch(({ code }) => code);
const nowhere = await createManager({ root: '/' }).catch(({ code }) => code);
const services = await manager.services();
const facts = { services, started, again, states: [first, last], health, isReady, line, kinds, followed };
console.log(JSON.stringify({ ...facts, stopped, unknown, nowhere }));
`;

/** What `npm install` of the packed package would do, without a network. */
async function install(modules: string): Promise<void> {
  const environment = userEnvironment();
  mkdirSync(join(modules, '.bin'), { recursive: true });
  await run('tar', ['-xzf', await pack(modules)], { cwd: modules, environment });
  const { bin, dependencies } = JSON.parse(readFileSync(join(modules, 'package/package.json'), 'utf8')) as Manifest;
  symlinkSync('package', join(modules, 'devgen'));
  symlinkSync(join('../devgen', bin.devgen), join(modules, '.bin/devgen'));
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
}

test('a Node that is too old is turned away by the bin', async () => {
  const root = temporaryFolder();
  const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });";
  writeFileSync(join(root, 'old.cjs'), `${old} Object.defineProperty(process, 'version', { value: 'v18.20.4' });`);

  const args = ['--require', join(root, 'old.cjs'), join(repository, 'dist/devgen.cjs'), 'init'];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: root, environment: userEnvironment() });

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(`devgen: this needs Node.js 20.19 or newer; found v18.20.4 (${process.execPath}).
Install it from https://nodejs.org, then try again.
`);
});

interface Manifest {
  readonly bin: { readonly devgen: string };
  readonly dependencies: Readonly<Record<string, string>>;
}
