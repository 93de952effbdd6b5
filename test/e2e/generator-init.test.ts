import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ask } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project, repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { CTRL_C, openTerminal, type Terminal } from '../rig/terminal.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';
const BACKSPACE = '\u007f';

test('init without a terminal and without --yes lists its flags and writes nothing', async () => {
  const project = await createProject({ files: EXPRESS });
  const before = filesOf(project);

  expect(await project.devgen(['init'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `error: there is no terminal to ask what to set up
  hint: \`devgen init --yes\` takes what is found; \`--dry-run\` only shows it.

  -y, --yes            do not ask
      --dry-run        show what would be written, write nothing
      --template NAME  in an empty repository, first write an app: \`flask-vite\`, \`fastapi-vite\`, \`express-vite\`, \`node\`
`,
  });
  expect(filesOf(project)).toEqual(before);
});

test('init on a terminal: Enter takes everything as it was found', { timeout: 60_000 }, async () => {
  const project = await createProject({ files: EXPRESS });
  const terminal = openInit(project);
  for (const question of QUESTIONS) {
    await terminal.see(question);
    terminal.press(ENTER);
  }
  expect(await terminal.exited).toBe(0);

  const shown = terminal.shown();
  expect(shown).toContain('backend: express\n  command  npm run dev\n  folder   backend\n');
  expect(shown).toContain('before a start:\n  `npm install` in backend\n');
  expect(shown).toContain('next: ./dev sets everything up and starts it');
  expect(configOf(project)).toEqual({
    name: 'my project',
    aliases: 'my-project',
    services: {
      backend: { command: 'npm run dev', cwd: 'backend', port: 4000, health: '/health' },
      page: { command: 'npm run dev', cwd: 'page', port: 4001 },
    },
    setup: { 'backend-npm': npmIn('backend'), 'page-npm': npmIn('page') },
  });
});

test('init on a terminal: what is left out, corrected and switched off', { timeout: 60_000 }, async () => {
  const project = await createProject({ files: EXPRESS });
  const terminal = openInit(project);
  await terminal.see('Which of these');
  terminal.press(`${DOWN} ${ENTER}`);
  await terminal.see('what to correct');
  terminal.press(` ${ENTER}`);
  await terminal.see('Port of backend');
  terminal.press(`${BACKSPACE.repeat(4)}99999${ENTER}`);
  await terminal.see('A port is a number from 1 to 65535.');
  terminal.press(`${BACKSPACE.repeat(5)}4010${ENTER}`);
  await terminal.see('when backend is healthy');
  terminal.press(`${BACKSPACE.repeat(7)}${ENTER}`);
  await terminal.see('What shall be done before');
  terminal.press(` ${ENTER}`);
  await terminal.see('Prefix of the shell aliases');
  terminal.press(`${BACKSPACE.repeat('my-project'.length)}bot${ENTER}`);
  await terminal.see('What to generate');
  terminal.press(` ${ENTER}`);
  await terminal.see('Write devgen.config.yaml');
  terminal.press(ENTER);
  expect(await terminal.exited).toBe(0);

  expect(configOf(project)).toEqual({
    name: 'my project',
    aliases: 'bot',
    emit: { makefile: false },
    services: { backend: { command: 'npm run dev', cwd: 'backend', port: 4010 } },
  });
  expect(project.read('devgen.config.yaml')).toContain('# Note: `page` was found too and left out: npm run dev\n');
});

test('init on a terminal: of many services a whole folder can be left out at once', { timeout: 60_000 }, async () => {
  const folders = ['a', 'b', 'c', 'd'].flatMap((name) => [`apps/${name}`, `tools/${name}2`]);
  const packages = folders.map((folder) => [`${folder}/package.json`, EXPRESS['backend/package.json']] as const);
  const servers = folders.map((folder) => [`${folder}/server.js`, EXPRESS['backend/server.js']] as const);
  const project = await createProject({ files: Object.fromEntries([...packages, ...servers]) });
  const terminal = openInit(project);
  await terminal.see('Which of these');
  terminal.press(` ${ENTER}`);
  for (const question of QUESTIONS.slice(1)) {
    await terminal.see(question);
    terminal.press(ENTER);
  }
  expect(await terminal.exited).toBe(0);
  const services = ['a2', 'b2', 'c2', 'd2'].map((name) => [name, expect.objectContaining({ cwd: `tools/${name}` })]);
  expect(configOf(project)).toMatchObject({ services: Object.fromEntries(services) });
  expect(configOf(project)).not.toMatchObject({ services: { a: {} } });
});

test('init asks in a folder of repositories, and names the files of the user’s that it adds to', {
  timeout: 60_000,
}, async () => {
  const files = {
    ...EXPRESS,
    'package.json': '{ "scripts": { "lint": "x" } }\n',
    'backend/.git/HEAD': '',
    'page/.git/HEAD': '',
  };
  const project = await createProject({ files });
  rmSync(join(project.root, '.git'), { recursive: true, force: true });
  const terminal = openInit(project);
  await terminal.see('holds 2 of them (backend and page)');
  terminal.press(ENTER);
  for (const question of [...QUESTIONS.slice(0, -1), 'generate everything? This adds to package.json']) {
    await terminal.see(question);
    terminal.press(ENTER);
  }
  expect(await terminal.exited).toBe(0);
});

test('init broken off with Ctrl+C writes nothing', async () => {
  const project = await createProject({ files: EXPRESS });
  const before = filesOf(project);
  const terminal = openInit(project);
  await terminal.see('Which of these');
  terminal.press(CTRL_C);
  expect(await terminal.exited).toBe(130);
  expect(filesOf(project)).toEqual(before);
});

test('init where nothing is found says so and names the templates', async () => {
  const project = await createEmpty();
  for (const flag of ['--yes', '--dry-run']) {
    expect(await project.devgen(['init', flag])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `error: no dev server was found in this repository
  hint: Write a minimal app with \`devgen init --template NAME\` (flask-vite, fastapi-vite, express-vite, node), or \`devgen.config.yaml\` yourself, then \`devgen generate\`.
`,
    });
  }
});

test('init on a terminal where nothing is found offers the templates', { timeout: 60_000 }, async () => {
  const project = await createEmpty();
  const terminal = openInit(project);
  await terminal.see('No dev server was found here');
  terminal.press(`${DOWN.repeat(3)}${ENTER}`);
  // It has no packages.
  for (const question of QUESTIONS.filter((each) => !each.includes('before'))) {
    await terminal.see(question);
    terminal.press(ENTER);
  }
  expect(await terminal.exited).toBe(0);
  expect(configOf(project)).toMatchObject({ services: { backend: { command: 'npm run dev', port: 3000 } } });
});

test('the template `node` runs as it is', { timeout: 60_000 }, async () => {
  const project = await createEmpty();
  const port = await reservePort();
  const written = await project.devgen(['init', '--template', 'node', '--yes']);
  expect(written, written.stderr).toMatchObject({ code: 0, stderr: '' });
  expect(written.stdout).toMatch(/^ {2}created {2}package\.json\n {2}created {2}server\.js\nbackend: node\n/);

  const started = await project.dev(['start', '--port', String(port)]);
  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(await ask(`http://localhost:${port}/api/status`)).toEqual({ status: 'ok' });
  expect(await project.dev(['stop'])).toMatchObject({ code: 0 });
});

for (const [template, framework, file] of [
  ['flask-vite', 'flask', 'app.py'],
  ['fastapi-vite', 'fastapi', 'main.py'],
  ['express-vite', 'express', 'server.js'],
] as const) {
  test(`the template \`${template}\` is found by init as what it is`, async () => {
    const project = await createEmpty();
    const previewed = await project.devgen(['init', '--template', template, '--dry-run']);
    expect(previewed.stdout).toContain(`  created  backend/${file}\n`);
    expect(previewed.stdout).toMatch(/\nnothing was written \(dry run\)\n$/);
    expect(filesOf(project)).toEqual([]);

    const written = await project.devgen(['init', '--template', template, '--yes']);
    expect(written, written.stderr).toMatchObject({ code: 0, stderr: '' });
    expect(written.stdout).toContain(`\nbackend: ${framework}\n`);
    expect(written.stdout).toContain('\nnext: ./dev sets everything up and starts it;');
    expect(configOf(project)).toMatchObject({
      services: {
        backend: { cwd: 'backend', port: 8000, health: '/api/status' },
        frontend: { cwd: 'frontend', port: 5173, dependsOn: ['backend'] },
      },
    });
    expect(filesOf(project)).toContain('frontend/.gitignore');
  });
}

test('a template goes into no repository that has dev servers, or a file of the same name', async () => {
  const full = await createProject({ files: EXPRESS });
  expect(await full.devgen(['init', '--template', 'node', '--yes'])).toMatchObject({
    code: 2,
    stderr: `error: a template is for a repository without dev servers; this one has \`backend\` in \`backend\`, \`page\` in \`page\`
  hint: Leave out \`--template\`.
`,
  });
  const taken = await createEmpty({ 'server.js': 'mine\n' });
  expect(await taken.devgen(['init', '--template', 'node', '--yes'])).toMatchObject({
    code: 1,
    stdout: 'nothing was written\n',
    stderr: `error: \`server.js\` was there before devgen, with other content
  hint: A template overwrites nothing: move the file away, or leave out \`--template\`.
`,
  });
  expect(filesOf(taken)).toEqual(['server.js']);
});

test('where a folder is called `dev`, init gives the launcher another name, and all that is said has it', {
  timeout: 60_000,
}, async () => {
  const project = await createProject({ files: { ...EXPRESS, 'dev/notes.md': 'ours\n' } });
  const terminal = openInit(project);
  for (const question of ['What shall the launcher be called instead', ...QUESTIONS]) {
    await terminal.see(question);
    terminal.press(ENTER);
  }
  expect(await terminal.exited).toBe(0);
  expect(terminal.shown()).toContain('next: ./devctl sets everything up and starts it; ./devctl help shows the rest.');
  expect(configOf(project)).toMatchObject({ launcher: 'devctl' });

  const port = await reservePort();
  const config = configFile({ web: server('web', port) }, { launcher: 'devctl' });
  project.write('devgen.config.yaml', config['devgen.config.yaml'] ?? '');
  const devctl = (...args: string[]) =>
    run(join(project.root, 'devctl'), args, { cwd: project.root, environment: project.environment });
  expect(await devctl('start')).toMatchObject({ code: 0 });
  expect((await project.devgen(['uninstall', '--yes'])).stderr).toContain('hint: Run `./devctl stop` first');
  expect((await project.devgen(['ps'])).stdout).toContain('web');
  expect(await devctl('stop')).toMatchObject({ code: 0 });
  expect((await devctl('statu')).stderr).toContain('Did you mean `./devctl status`?');
  expect((await devctl('help')).stdout).toContain('`./devctl help COMMAND`');
  expect(await project.devgen(['eject', '--yes'])).toMatchObject({ code: 0 });
  expect((await devctl('status')).code).toBe(1);
  expect((await devctl('statu')).stderr).toContain('`./devctl status`');
});

test('with --yes the other name is taken and said; without a config the launcher keeps the name that it has', async () => {
  const project = await createProject({ files: { ...EXPRESS, dev: 'echo mine\n' } });
  const written = await project.devgen(['init', '--yes']);
  expect(written).toMatchObject({
    code: 0,
    stderr: 'note: `dev` is yours here, so the launcher is called `./devctl`\n',
  });
  expect(project.read('dev')).toBe('echo mine\n');
  rmSync(join(project.root, 'devgen.config.yaml'));
  expect(await project.devgen(['init', '--yes'])).toMatchObject({ code: 0, stderr: '' });
  expect(configOf(project)).toMatchObject({ launcher: 'devctl' });

  project.write('devgen.config.yaml', project.read('devgen.config.yaml').replace('launcher: devctl\n', ''));
  expect((await project.devgen(['generate'])).stderr).toContain(
    'hint: Or have the launcher called otherwise: `launcher: devctl` in the config.\n',
  );
});

const QUESTIONS = [
  'Which of these',
  'what to correct',
  'What shall be done before',
  'Prefix of the shell',
  'What to generate',
  'Write devgen.config',
];

/** Two servers of Express; only one has a health route. */
const EXPRESS = {
  'backend/package.json': '{"scripts": {"dev": "node server.js"}, "dependencies": {"express": "^5.0.0"}}\n',
  'backend/server.js':
    "import express from 'express';\nconst app = express();\napp.get('/health', (q, s) => s.end());\napp.listen(process.env.PORT || 4000);\n",
  'page/package.json': '{"scripts": {"dev": "node server.js"}, "dependencies": {"express": "^5.0.0"}}\n',
  'page/server.js':
    "import express from 'express';\nconst app = express();\napp.use(express.static('.'));\napp.listen(process.env.PORT || 4001);\n",
};

function npmIn(folder: string): object {
  const inputs = [`${folder}/package.json`];
  return { run: 'npm install', cwd: folder, inputs, outputs: [`${folder}/node_modules`] };
}

function openInit(project: Project): Terminal {
  return openTerminal(project, process.execPath, [join(repository, 'dist/cli.js'), 'init']);
}

/** A project with nothing in it but these files. */
async function createEmpty(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  return createProject({ files, programs: 'none' });
}

function configOf(project: Project): unknown {
  return parse(project.read('devgen.config.yaml'));
}

function filesOf({ root }: Project): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)).sort();
}

test('of a config without setup steps init tells the packages that are missing, in the words of doctor', async () => {
  const project = await createProject({
    programs: 'none',
    files: {
      'package.json': '{ "scripts": { "dev": "node server.js" }, "dependencies": { "express": "4" } }\n',
      'server.js': 'require("express")().listen(process.env.PORT)\n',
      'devgen.config.yaml': `services: { web: { command: npm run dev, port: ${await reservePort()} } }\n`,
    },
  });

  const { stdout } = await project.devgen(['init', '--yes']);
  const doctor = await project.dev(['doctor', '--json']);

  expect(stdout).toContain('next:\n  `express` is not installed, which `.` needs: `npm install`\n  ./dev\n');
  const { findings } = JSON.parse(doctor.stdout) as { findings: readonly { what: string; remedy: string }[] };
  expect(findings).toMatchObject([{ what: '`express` is not installed, which `.` needs', remedy: '`npm install`' }]);

  project.write('node_modules/express/package.json', '{ "name": "express" }');
  expect((await project.devgen(['init', '--yes'])).stdout).toContain('next: ./dev starts everything');
  expect(await project.dev(['doctor'])).toMatchObject({ code: 0 });
});
