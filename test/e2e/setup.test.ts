import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { toolsOnly } from '../rig/tools-only.ts';
import { waitUntil } from '../rig/wait-until.ts';

type Steps = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const PACKAGE_FILES = {
  'web/package.json': JSON.stringify({ name: 'web', private: true, dependencies: { greeter: 'file:../greeter' } }),
  'greeter/package.json': JSON.stringify({ name: 'greeter', version: '1.0.0', bin: { greet: 'greet.js' } }),
  'greeter/greet.js': '#!/usr/bin/env node\nconsole.log("hello");\n',
};
const INSTALL = {
  run: 'npm install --offline --no-audit --no-fund',
  cwd: 'web',
  inputs: ['web/package.json', 'web/package-lock.json'],
  outputs: ['web/node_modules'],
};

test('a start installs what is missing, once, and again when the lock file has changed', async () => {
  const { project } = await create({ web: INSTALL }, { files: PACKAGE_FILES });

  const first = await project.dev(['start']);
  expect(first, first.stderr).toMatchObject({ code: 0 });
  expect(first.stderr).toContain(
    'setup web: `npm install --offline --no-audit --no-fund` in web (web/node_modules is missing)\n',
  );
  expect(existsSync(join(project.root, 'web/node_modules/greeter/greet.js'))).toBe(true);
  expect((await project.dev(['restart'])).stderr).not.toContain('setup');

  // As `git pull` would.
  const lock = JSON.parse(project.read('web/package-lock.json')) as object;
  writeFileSync(join(project.root, 'web/package-lock.json'), JSON.stringify({ ...lock, name: 'pulled' }));
  expect((await project.dev(['start'])).stderr).toContain('(web/package-lock.json has changed)\n');
  expect((await project.dev(['start'])).stderr).not.toContain('setup');
}, 120_000);

test('what a step installs is on the PATH of services and tasks', async () => {
  const tasks = { greet: { run: 'greet', cwd: 'web' } };
  const { project } = await create({ web: INSTALL }, { files: PACKAGE_FILES, rest: { tasks } });

  expect(await project.dev(['greet'])).toMatchObject({ code: 0, stdout: 'hello\n' });
}, 60_000);

test('a virtual environment is made with its packages, and its python is the one that runs', async () => {
  const setup = {
    api: {
      run: 'python3 -m venv .venv && .venv/bin/pip install --no-index --disable-pip-version-check ./pkg',
      cwd: 'api',
      inputs: ['api/pkg/pyproject.toml'],
      outputs: ['api/.venv'],
    },
  };
  const tasks = { hello: { run: 'python3 -c "import greeter; print(greeter.WORD)"', cwd: 'api' } };
  const { project } = await create(setup, { files: PYTHON_FILES, rest: { tasks } });

  const greeted = await project.dev(['hello'], { limitMs: 120_000 });
  expect(greeted, greeted.stderr).toMatchObject({ code: 0, stdout: 'from a wheel\n' });
  expect(await project.dev(['hello'])).toMatchObject({ code: 0, stderr: '' });
}, 150_000);

test('an env file is copied from its example, never over one that is there, and counts in the same start', async () => {
  const other = await reservePort();
  const files = { '.env.example': `SECRET_KEY=\nBACKEND_PORT=${other}\nOPENAI_API_KEY=your-key\n` };
  const { project } = await create({ env: { copy: '.env.example', to: '.env' } }, { files });

  const first = await project.dev(['start']);
  expect(first.stderr).toContain(
    'setup env: copied .env.example to .env\n  fill in SECRET_KEY, OPENAI_API_KEY in .env\n',
  );
  expect(project.status('backend').port).toBe(other);

  project.write('.env', 'MINE=1\n');
  expect(await project.dev(['setup', '--force'])).toMatchObject({ code: 0, stdout: 'everything is set up\n' });
  expect(project.read('.env')).toBe('MINE=1\n');
});

test('an `envFile` that a step copies need not be there before', async () => {
  const backend = { envFile: ['.env'] };
  const files = { '.env.example': 'A=1\n' };
  const { project } = await create({ env: { copy: '.env.example', to: '.env' } }, { files, backend });

  expect(await project.dev(['start'])).toMatchObject({ code: 0 });
});

test('a link that leads out of the project is not copied from', async () => {
  const { project } = await create({ env: { copy: 'example', to: '.env' } });
  symlinkSync('/etc/hostname', join(project.root, 'example'));

  expect(await project.dev(['start'])).toMatchObject({
    code: 1,
    stderr: 'setup env: `example` leads out of the project\n  hint: Mend `setup.env` in the config.\n',
  });
  expect(existsSync(join(project.root, '.env'))).toBe(false);
});

test('two starts at once do a step once; the second waits, and says so', async () => {
  const { project } = await create({ slow: SLOW });
  const one = project.dev(['setup']);
  await waitUntil(() => existsSync(join(project.root, 'begun')));
  const other = openTerminal(project, './dev', ['start']);
  await other.see('setup: another command is setting this checkout up; waiting for it\n');
  project.write('go', '');

  expect(await one).toMatchObject({ code: 0, stdout: 'set up: slow\n' });
  expect(await other.exited).toBe(0);
  expect(project.status('backend').state).toBe('ready');
  expect(project.read('begun')).toBe('x\n');
});

test('Ctrl+C ends a step with everything it started, and it counts as not done', async () => {
  const { project } = await create({ slow: { ...SLOW, run: `sh -c '${SLOW.run}' & wait` } });
  const terminal = openTerminal(project, './dev');
  await waitUntil(() => existsSync(join(project.root, 'begun')));

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(130);
  expect(terminal.shown()).toContain('setup: broken off; the next start begins with what was not done\n');
  await waitUntil(() => project.processes().length === 0);
  expect(existsSync(join(project.root, 'logs/backend_status.json'))).toBe(false);
  expect(await project.dev(['setup', '--dry-run'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('(out is missing)'),
  });
});

test('a forced step that is broken off is not taken for done because it was before', async () => {
  const { project } = await create({ slow: SLOW });
  project.write('go', '');
  expect(await project.dev(['setup'])).toMatchObject({ code: 0 });
  rmSync(join(project.root, 'go'));
  rmSync(join(project.root, 'begun'));
  const terminal = openTerminal(project, './dev', ['setup', '--force']);
  await waitUntil(() => existsSync(join(project.root, 'begun')));

  terminal.press(CTRL_C);
  expect(await terminal.exited).toBe(130);

  expect((await project.dev(['setup', '--dry-run'])).stdout).toContain('(for the first time here)');
});

test('a step that fails stops the start with its last words; `--no-setup` starts without it', async () => {
  const { project } = await create({ bad: { run: 'echo working; echo wrong >&2; exit 3' } });

  expect(await project.dev(['start'])).toMatchObject({
    code: 1,
    stderr:
      'setup bad: `echo working; echo wrong >&2; exit 3` (for the first time here)\n' +
      'setup bad: `echo working; echo wrong >&2; exit 3` ended with exit code 3\n' +
      '  | working\n' +
      '  | wrong\n' +
      '  hint: `./dev setup bad` tries again; `--no-setup` starts without it.\n',
  });
  expect(JSON.parse((await project.dev(['start', '--json'])).stdout)).toMatchObject({
    error: { code: 'setup/ended', message: expect.stringContaining('bad: ') },
  });
  expect(await project.dev(['start', '--no-setup'])).toMatchObject({ code: 0 });
});

test('a missing tool is named, with how to get it and which version the repository pins', async () => {
  const files = { 'package.json': '{ "packageManager": "pnpm@9.15.0" }' };
  const { project } = await create({ web: { run: 'pnpm install' } }, { files });

  const { code, stderr } = await project.dev(['start'], { environment: { PATH: toolsOnly(project) } });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'setup web: `pnpm install` (for the first time here)\n' +
      'setup web: `pnpm` is not installed\n' +
      '  hint: This repository asks for 9.15.0 (package.json). ' +
      '`corepack enable pnpm` or `npm install --global pnpm` brings it.\n',
  });
});

test('steps run in the order in which they are written, each with what the one before it made', async () => {
  const { project } = await create({
    second: { run: 'echo two > two.txt', inputs: ['one.txt'] },
    first: { run: 'cat two.txt > three.txt', inputs: ['two.txt'] },
  });

  expect(await project.dev(['setup'])).toMatchObject({ code: 0, stdout: 'set up: second, first\n' });
  expect(project.read('three.txt')).toBe('two\n');
  expect(await project.dev(['setup'])).toMatchObject({ code: 0, stdout: 'everything is set up\n' });
  project.write('one.txt', 'new');
  expect((await project.dev(['setup', 'nope'])).stderr).toContain('there is no setup step `nope`');
  expect(JSON.parse((await project.dev(['setup', '--json'])).stdout).steps).toEqual([
    { step: 'second', outcome: 'ran', blank: [] },
    { step: 'first', outcome: 'unchanged', blank: [] },
  ]);
});

test('a step that writes its own input is done after one start', async () => {
  const { project } = await create({ lock: { run: 'echo x >> lock; test $(wc -l < lock) -lt 9', inputs: ['lock'] } });

  expect(await project.dev(['setup'])).toMatchObject({ stdout: 'set up: lock\n' });
  expect(await project.dev(['setup'])).toMatchObject({ stdout: 'everything is set up\n' });
});

test('doctor says what is still to be done, and what only a person can do', async () => {
  const files = {
    'web/package.json': '{ "packageManager": "pnpm@9.15.0", "dependencies": { "x": "1" } }',
    '.env.example': 'KEY=\n',
  };
  const setup = {
    env: { copy: '.env.example', to: '.env' },
    web: { run: 'pnpm install', cwd: 'web', outputs: ['web/node_modules'] },
  };
  const { project } = await create(setup, { files });

  const environment = { PATH: toolsOnly(project) };
  const { findings } = JSON.parse((await project.dev(['doctor', '--json'], { environment })).stdout);
  expect(findings.filter(({ group }: { group: string }) => group === 'setup')).toMatchObject([
    {
      severity: 'error',
      what: '`pnpm` is not installed, which setup `web` needs',
      remedy:
        'install pnpm 9.15.0 (web/package.json asks for it): ' +
        '`corepack enable pnpm` or `npm install --global pnpm` brings it.',
    },
    {
      severity: 'warning',
      what: 'KEY has no value in .env',
      remedy: 'fill in KEY in .env, which `./dev setup env` copies from .env.example.',
    },
    {
      severity: 'warning',
      what: 'setup `env` is to be done: copy .env.example to .env (.env is missing)',
      remedy: '`./dev setup env`; the next start does it, too.',
    },
    { severity: 'warning', what: 'setup `web` is to be done: `pnpm install` in web (web/node_modules is missing)' },
  ]);
});

test('after init a clone starts with one command', async () => {
  const project = await createProject({ files: CLONE, programs: 'none' });
  const written = await project.devgen(['init', '--yes']);
  expect(written, written.stderr).toMatchObject({ code: 0 });
  expect(written.stdout).toMatch(
    /\nnext:\n {2}fill in SECRET in api\/\.env, which `\.\/dev setup api-env` copies from .*\n {2}\.\/dev\n/,
  );

  const port = await reservePort();
  const started = await project.dev(['start', '--port', String(port)], { limitMs: 60_000 });
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(started.stderr).toContain('  fill in SECRET in api/.env\n');
  expect(await ask(`http://localhost:${port}/`)).toEqual({ from: 'a package' });
  expect(await project.dev(['stop'])).toMatchObject({ code: 0 });
}, 90_000);

test('`setup: never` does nothing', async () => {
  const { project } = await create('never');
  expect(await project.dev(['start'])).toMatchObject({ code: 0 });
  expect((await project.dev(['setup'])).stdout).toContain('there are no setup steps');
});

/** A repository whose one package comes from a folder beside it. */
const CLONE = {
  'api/package.json': JSON.stringify({
    ...{ name: 'api', private: true, scripts: { dev: 'node server.js' } },
    dependencies: { express: 'file:../vendor/express' },
  }),
  'api/.npmrc': 'offline=true\naudit=false\nfund=false\n',
  'api/.env.example': 'SECRET=\n',
  'api/server.js':
    "const express = require('express');\nconst app = express();\napp.listen(process.env.PORT || 4000);\n",
  'vendor/express/package.json': JSON.stringify({ name: 'express', version: '5.0.0' }),
  'vendor/express/index.js': `const { createServer } = require('node:http');
module.exports = () => createServer((_, answer) => answer.end('{"from":"a package"}'));
`,
};

/** Says that it has begun, and goes on when it may. */
const SLOW = {
  run: 'echo x >> begun; while ! test -e go; do sleep 0.05; done; touch out',
  inputs: [],
  outputs: ['out'],
};

/** A package that builds itself, so that nothing has to be fetched. */
const PYTHON_FILES = {
  'api/pkg/pyproject.toml':
    '[project]\nname = "greeter"\nversion = "1.0"\n' +
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'api/pkg/backend.py': `import zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "greeter-1.0-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        wheel.writestr("greeter.py", "WORD = 'from a wheel'\\n")
        info = "greeter-1.0.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: greeter\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
`,
};

interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly backend?: Readonly<Record<string, unknown>>;
  readonly rest?: Readonly<Record<string, unknown>>;
}

async function create(setup: Steps | 'never', options: Options = {}): Promise<{ project: Project; port: number }> {
  const { files = {}, backend = {}, rest = {} } = options;
  const port = await reservePort();
  const services = { backend: { ...server('backend', port), ...backend } };
  const project = await createProject({
    files: { ...configFile(services, { setup, ...rest }), ...files },
    generated: true,
  });
  return { project, port };
}
