import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

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

/** What `npm install` of the packed package would do, without a network. */
async function install(modules: string): Promise<void> {
  const environment = userEnvironment();
  mkdirSync(join(modules, '.bin'), { recursive: true });
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', modules];
  const packed = await run('npm', args, { cwd: repository, environment });
  expect(packed, packed.stderr).toMatchObject({ code: 0 });
  await run('tar', ['-xzf', packed.stdout.trim()], { cwd: modules, environment });
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
