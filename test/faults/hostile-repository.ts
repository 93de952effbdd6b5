import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createProject, type Project } from '../rig/project.ts';
import { projectWith } from './fault-project.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: nothing of these may be shown.
export const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** What a name in a repository may hold. */
export const EVIL = 'api\u001b[2J\u001b]0;owned\u0007\u009b2J';

/** Beside the project, and none of its business. */
export function outsideOf(project: Project): string {
  return join(dirname(project.root), 'outside');
}

/** A repository without a config: sources of evil names, endless files, and links out of it where we would write. */
export async function unknownRepository(): Promise<Project> {
  const project = await createProject({ programs: 'none' });
  putSources(project);
  const outside = outsideOf(project);
  symlinkSync(outside, join(project.root, 'logs'));
  symlinkSync(join(outside, 'DEVELOPMENT.md'), join(project.root, 'DEVELOPMENT.md'));
  symlinkSync(join(outside, 'Makefile'), join(project.root, 'Makefile'));
  return project;
}

/** One secret for each place of the config and around it that one can stand in. */
export const PLANTED = {
  shell: 'planted-in-the-shell-01',
  dotenv: 'planted-in-dotenv-02',
  dotenvLocal: 'planted-in-dotenv-local-03',
  envFile: 'planted-in-an-envfile-04',
  env: 'planted-in-env-05',
  command: 'planted-in-a-command-06',
  url: 'planted-in-a-url-07',
  webhook: 'planted-in-a-webhook-0808',
  task: 'planted-in-a-task-09',
  taskCommand: 'planted-in-a-task-command-10',
  before: 'planted-in-before-11',
  waitFor: 'planted-in-wait-for-12',
  setup: 'planted-in-setup-13',
  setupCommand: 'planted-in-a-setup-command-14',
  description: 'planted-in-a-description-15',
  fallback: 'planted-in-a-default-16',
  health: 'planted-in-health-17',
  bearer: 'planted-in-a-header-18',
} as const;

/** What the shell of the user holds who runs commands in it. */
export const SHELL = { SHELL_TOKEN: PLANTED.shell };

/** The same with a config that says evil things wherever a text can stand, holds secrets there, and works. */
export async function hostileProject(port: number): Promise<Project> {
  const project = await projectWith(
    {
      web: {
        command: `node programs/shout.mjs '${EVIL}' --token ${PLANTED.command}`,
        port,
        envFile: ['web.env'],
        health: { http: `/?access_token=${PLANTED.health}`, startTimeout: '20s' },
        before: `DB_PASSWORD=${PLANTED.before} true '${EVIL}' \u0024{NO_PASSWORD:-${PLANTED.fallback}}`,
        env: {
          EVIL,
          EVIL_TOKEN: EVIL,
          API_KEY: PLANTED.env,
          DATABASE_URL: `postgres://me:${PLANTED.url}@localhost/db`,
          GIVEN_ON: '$ROOT_SECRET',
          AUTH_HEADER: `Bearer ${PLANTED.bearer}`,
        },
      },
      broken: {
        command: `sh -c 'printenv; echo "${EVIL}"; exit 3'`,
        env: { BROKEN_SECRET: PLANTED.env },
        envFile: ['web.env'],
        restart: 'never',
        waitFor: [`file:programs`],
      },
      waiting: {
        command: 'sleep 1000',
        waitFor: [`http-get://me:${PLANTED.waitFor}@127.0.0.1:9/`],
      },
      box: { container: { service: 'db', file: 'none.yml' }, port: 5432 },
    },
    {
      tasks: {
        build: {
          run: `TOKEN=${PLANTED.taskCommand} printenv BUILD_TOKEN; echo '${EVIL}'`,
          desc: `builds ${EVIL} with --token ${PLANTED.description}`,
          env: { BUILD_TOKEN: PLANTED.task },
          inputs: ['**/*', 'pipe', 'zero', 'huge.bin'],
          outputs: ['*.none'],
        },
      },
      setup: {
        install: {
          run: `SETUP_TOKEN=${PLANTED.setupCommand} printenv STEP_SECRET '${EVIL}'`,
          env: { STEP_SECRET: PLANTED.setup },
          inputs: ['pipe', 'zero', 'programs/*'],
        },
        env: { copy: 'zero', to: 'copied/.env' },
      },
      hooks: { webhook: `http://127.0.0.1:9/services/${PLANTED.webhook}` },
    },
  );
  putSources(project);
  project.write('.env', `ROOT_SECRET=${PLANTED.dotenv}\n`);
  project.write('.env.local', `LOCAL_SECRET=${PLANTED.dotenvLocal}\n`);
  project.write('web.env', `FILE_PASSWORD=${PLANTED.envFile}\n`);
  for (const path of ['pipe', 'Procfile']) putPipe(project, path);
  symlinkSync('/dev/zero', join(project.root, 'zero'));
  putHuge(project, 'huge.bin');
  return project;
}

export function putPipe(project: Project, path: string): void {
  mkdirSync(dirname(join(project.root, path)), { recursive: true });
  expect(spawnSync('mkfifo', [join(project.root, path)]).status).toBe(0);
}

/** 600 MB that take no place on the disk. */
export function putHuge(project: Project, path: string): void {
  project.write(path, '');
  truncateSync(join(project.root, path), 600_000_000);
}

function putSources(project: Project): void {
  const inside = (path: string) => join(project.root, path);
  const outside = outsideOf(project);
  const scripts = { dev: `vite --port 3000 # ${EVIL}`, start: 'node server.js' };
  project.write(`${EVIL}/package.json`, JSON.stringify({ name: EVIL, scripts, devDependencies: { vite: '^6' } }));
  project.write('web/package.json', JSON.stringify({ scripts, dependencies: { express: '^5' } }));
  project.write(`web/${EVIL}.js`, `require('express')().listen(4000); // ${EVIL}\n`);
  putHuge(project, 'huge/package.json');
  project.write('py/app.py', `from flask import Flask\napp = Flask(__name__)\napp.run(port=5000)  # ${EVIL}\n`);
  for (const path of ['py/requirements.txt', 'web/.env', 'docker-compose.yml']) putPipe(project, path);
  mkdirSync(outside);
  writeFileSync(join(outside, 'package.json'), JSON.stringify({ scripts }));
  symlinkSync('/dev/zero', inside('py/pyproject.toml'));
  symlinkSync('/dev/zero', inside('web/vite.config.js'));
  symlinkSync(outside, inside('linked'));
  putDeep(project);
}

/** Folders in one another, down to where their paths are too long for the system. */
function putDeep({ root }: Project): void {
  // Node cannot remove them.
  onTestFinished(() => void spawnSync('rm', ['-rf', join(root, 'deep')]));
  const program = `import os\nfor name in ['deep'] + ['d' * 200] * 25:\n  os.mkdir(name)\n  os.chdir(name)`;
  expect(spawnSync('python3', ['-c', program], { cwd: root }).status).toBe(0);
}

/** Every file in a folder with what it holds and when it was changed. */
export function everythingIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.tmp')) // About to take the place of another one.
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return `${name}: ${statSync(path).mtimeMs} ${statSync(path).isFile() ? readFileSync(path, 'utf8') : ''}`;
    });
}
