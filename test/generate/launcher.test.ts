import { accessSync, constants, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { hasTool } from '../rig/tools.ts';
import { createFixture, type Fixture, TEMPLATES } from './project-fixture.ts';

const SHELLS: readonly (readonly [tool: string, ...before: string[]])[] = [
  ['sh'],
  ['dash'],
  ['bash'],
  ['bash', '--posix'],
  ['zsh', '--emulate', 'sh'],
  ['busybox', 'sh'],
  ['mksh'],
];

/** Tells where it lies, who runs it and with what. */
const FRONT = 'console.log([__dirname, ...process.argv.slice(2)].join("|"));\n';

/** Plays a node of some version: it says so when asked, else what it would run. */
const FAKE_NODE = (version: string) =>
  `#!/bin/sh\nif [ "$1" = --version ]; then echo v${version}; else echo "node ${version} \${1##*/} $2 \${PATH%%:*}"; fi\n`;

/** What a process that never saw a shell's start-up files has. */
const BARE_PATH = '/tools';

async function generated(): Promise<Fixture> {
  const project = createFixture();
  await project.generate();
  project.write('.devgen/runtime/front.cjs', FRONT);
  return project;
}

function call(file: string, args: readonly string[], cwd: string, environment: Record<string, string> = {}) {
  return run(file, args, { cwd, environment: { ...userEnvironment(), ...environment } });
}

for (const [tool, ...before] of SHELLS) {
  test.skipIf(!hasTool(tool))(
    `${[tool, ...before].join(' ')}: runs the runtime beside it, with the arguments as they are`,
    async () => {
      const project = await generated();
      const runtime = join(project.root, '.devgen/runtime');
      const words = ['up', 'a b', '', '*', '$HOME', "it's"];
      for (const launcher of ['dev', './dev', join(project.root, 'dev'), '../my project/dev']) {
        const { code, stdout, stderr } = await call(tool, [...before, launcher, ...words], project.root);
        expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${[runtime, ...words].join('|')}\n`, stderr: '' });
      }
    },
  );

  test.skipIf(!hasTool(tool))(
    `${[tool, ...before].join(' ')}: says what to install where there is no Node`,
    async () => {
      const project = await generated();
      forgetSystemNode(project);
      const path = { PATH: BARE_PATH, HOME: '/none', HOMEBREW_PREFIX: '/none' };
      const { code, stdout, stderr } = await call(toolPath(tool), [...before, './dev'], project.root, path);
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'dev: this project needs Node.js 20.19 or newer; found none.\n' +
          "Install it from https://nodejs.org, or with 'nvm install 22' or 'brew install node'; then try again.\n",
      });
    },
  );
}

test('works through chains of links, from any folder, with CDPATH set', async () => {
  const project = await generated();
  mkdirSync(join(project.root, '../bin dir'));
  symlinkSync('../my project/dev', join(project.root, '../bin dir/one'));
  symlinkSync(join(project.root, '../bin dir/one'), join(project.root, '../bin dir/two'));
  const { stdout, stderr } = await call(join(project.root, '../bin dir/two'), ['x'], '/', { CDPATH: '/:/tmp' });
  expect([stdout, stderr]).toEqual([`${join(project.root, '.devgen/runtime')}|x\n`, '']);
});

test('is found on the PATH', async () => {
  const project = await generated();
  const { stdout } = await call('sh', ['-c', 'dev x'], '/', { PATH: `${project.root}:${process.env.PATH}` });
  expect(stdout).toBe(`${join(project.root, '.devgen/runtime')}|x\n`);
});

test('hands on the exit code and is gone when node runs', async () => {
  const project = await generated();
  project.write('.devgen/runtime/front.cjs', 'process.kill(process.pid, "SIGTERM");\n');
  expect(await call('./dev', [], project.root)).toMatchObject({ code: null, signal: 'SIGTERM' });
});

test('says what to do when the runtime is missing', async () => {
  const project = await generated();
  rmSync(join(project.root, '.devgen'), { recursive: true });
  expect(await call('./dev', ['up'], project.root)).toMatchObject({
    code: 1,
    stderr: "dev: './.devgen/runtime/front.cjs' is missing; 'npx devgen generate' writes it again.\n",
  });
});

test.each([
  ['nvm', '.nvm/versions/node/v22.3.0/bin/node', '22.3.0'],
  ['fnm', '.local/share/fnm/node-versions/v22.3.0/installation/bin/node', '22.3.0'],
  ['volta', '.volta/tools/image/node/22.3.0/bin/node', '22.3.0'],
  ['asdf', '.asdf/installs/nodejs/22.3.0/bin/node', '22.3.0'],
  ['mise', '.local/share/mise/installs/node/22.3.0/bin/node', '22.3.0'],
  ['mise with a short name', '.local/share/mise/installs/node/22/bin/node', '22.3.0'],
])('finds the Node of %s when none is on the PATH, and puts it there', async (_, path, version) => {
  const project = await generated();
  project.write(`home/${path}`, FAKE_NODE(version), 0o755);
  project.write('home/.nvm/versions/node/v18.20.1/bin/node', FAKE_NODE('18.20.1'), 0o755);
  const { stdout, stderr } = await withoutNode(project, { HOME: join(project.root, 'home') });
  const folder = dirname(join(project.root, 'home', path));
  expect([stdout, stderr]).toEqual([`node ${version} front.cjs up ${folder}\n`, '']);
});

test('takes the newest installed Node, unless .nvmrc names another', async () => {
  const project = await generated();
  for (const version of ['20.19.0', '22.3.0', '9.11.2', '24.1.0']) {
    project.write(`home/.nvm/versions/node/v${version}/bin/node`, FAKE_NODE(version), 0o755);
  }
  const environment = { HOME: join(project.root, 'home') };
  expect((await withoutNode(project, environment)).stdout).toContain('node 24.1.0 ');
  project.write('.nvmrc', 'v22\n');
  expect((await withoutNode(project, environment)).stdout).toContain('node 22.3.0 ');
  project.write('.nvmrc', '20.19.0');
  expect((await withoutNode(project, environment)).stdout).toContain('node 20.19.0 ');
  project.write('.nvmrc', 'lts/*\n');
  expect((await withoutNode(project, environment)).stdout).toContain('node 24.1.0 ');
});

/** An interpreter that claims another version runs the real guard. */
const OLD = (project: Fixture) => join(project.root, 'old/node');

function installOldNode(project: Fixture): void {
  project.write('old/old.cjs', 'Object.defineProperty(process.versions, "node", { value: "18.12.0" });\n');
  const self = `"${process.execPath}" -r "${join(project.root, 'old/old.cjs')}"`;
  project.write('old/node', `#!/bin/sh\nexec ${self} "$@"\n`, 0o755);
  const guard = readFileSync(join(TEMPLATES, 'node-guard.txt'), 'utf8');
  project.write('.devgen/runtime/front.cjs', `${guard}${FRONT}`);
}

test('a Node on the PATH that is too old looks for a newer one', async () => {
  const project = await generated();
  installOldNode(project);
  project.write('home/.nvm/versions/node/v22.3.0/bin/node', FAKE_NODE('22.3.0'), 0o755);
  const environment = { PATH: `${dirname(OLD(project))}:/usr/bin:/bin`, HOME: join(project.root, 'home') };
  const { code, stdout, stderr } = await call('./dev', ['up'], project.root, environment);
  expect([code, stdout.split(' /')[0], stderr]).toEqual([0, 'node 22.3.0 front.cjs up', '']);
});

test('a Node on the PATH that is too old, and no other, is named in the message', async () => {
  const project = await generated();
  installOldNode(project);
  forgetSystemNode(project);
  const environment = { PATH: `${dirname(OLD(project))}:/usr/bin:/bin`, HOME: '/none', N_PREFIX: '/none' };
  const { code, stderr } = await call('./dev', ['up'], project.root, environment);
  expect([code, stderr.split('\n')[0]]).toEqual([
    1,
    `dev: this project needs Node.js 20.19 or newer; found ${process.version} (${process.execPath}).`,
  ]);
});

test('nothing in the guard is newer than ES5', () => {
  const guard = readFileSync(join(TEMPLATES, 'node-guard.txt'), 'utf8').replaceAll(/\/\/.*|'[^']*'/g, '');
  expect(guard.match(/=>|\blet\b|\bconst\b|`|\?\?|\?\.|\.\.\.|\basync\b/g)).toBeNull();
});

/** A machine of whose system folders none has a Node. */
function forgetSystemNode(project: Fixture): void {
  const system = '/usr/local/bin/node /usr/bin/node /snap/bin/node';
  const launcher = readFileSync(join(project.root, 'dev'), 'utf8');
  expect(launcher).toContain(system);
  project.write('dev', launcher.replace(system, '/none/node'), 0o755);
}

function withoutNode(project: Fixture, environment: Record<string, string>) {
  mkdirSync(join(project.root, 'tools'), { recursive: true });
  return call('/bin/sh', ['./dev', 'up'], project.root, { PATH: join(project.root, 'tools'), ...environment });
}

function toolPath(tool: string): string {
  return [`/bin/${tool}`, `/usr/bin/${tool}`].find((path) => readable(path)) ?? tool;
}

function readable(path: string): boolean {
  try {
    // A copy to /dev/null would as root remove it: what cannot be copied to is taken away.
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
