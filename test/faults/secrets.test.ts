import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { killSupervisor, projectWith } from './fault-project.ts';

/** A secret for each place that one can stand in. */
const SECRETS = {
  shell: 'of-the-shell-8231',
  dotenv: 'of-dotenv-6620',
  envFile: 'of-envfile-5519',
  env: 'of-the-config-4408',
  url: 'of-a-url-3397',
  task: 'of-a-task-2286',
  flag: 'of-a-flag-1175',
};
/** What an env file comes to hold while a service runs. */
const LATER = 'of-another-day-9064';

test('a secret that a service prints leaves us nowhere but in its own log, wherever it came from', async () => {
  const told: string[] = [];
  const hook = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      told.push(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void hook.close());
  await once(hook, 'listening');
  const port = await reservePort();
  const project = await projectWith(
    {
      web: {
        command: `node programs/blab.mjs --token ${SECRETS.flag}`,
        port,
        envFile: ['web.env'],
        env: {
          BLAB: 'SHELL_TOKEN,GIVEN_ON,FILE_PASSWORD,OWN_API_KEY,DATABASE_URL',
          OWN_API_KEY: SECRETS.env,
          GIVEN_ON: '$ROOT_SECRET',
        },
        restart: 'never',
      },
    },
    {
      hooks: { webhook: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook` },
      tasks: { greet: { run: 'echo hello', env: { GREET_TOKEN: SECRETS.task } } },
    },
  );
  project.write('.env', `ROOT_SECRET=${SECRETS.dotenv}\n`);
  project.write(
    'web.env',
    `FILE_PASSWORD=${SECRETS.envFile}\nDATABASE_URL=postgres://me:${SECRETS.url}@localhost/db\n`,
  );
  const environment = { SHELL_TOKEN: SECRETS.shell };
  const said: string[] = [];
  const dev = async (...args: readonly string[]) => {
    const { stdout, stderr } = await project.dev(args, { environment });
    expect(stderr, args.join(' ')).not.toContain('this is a bug');
    said.push(stdout, stderr);
    return stdout;
  };

  expect(JSON.parse(await dev('start', '--json')), said.join()).toMatchObject({ services: [{ service: 'web' }] });
  const { pid } = project.status('web');
  for (const words of READING) await dev(...words);
  await dev('port', String(port), '--json');
  await fetch(`http://127.0.0.1:${port}/die`);
  await waitUntil(() => project.status('web').state === 'failed' && told.length > 0);
  for (const words of READING) await dev(...words);
  const terminal = openTerminal(
    { root: project.root, environment: { ...project.environment, ...environment } },
    './dev',
    ['status', '--all'],
  );
  await terminal.exited;
  await dev('start', '--events');
  await dev('nuke', '--yes', '--json');
  await project.devgen(['generate'], { environment });

  const own = project.read('logs/web.log');
  const planted = [SECRETS.shell, SECRETS.dotenv, SECRETS.envFile, SECRETS.env, SECRETS.url, SECRETS.flag];
  for (const secret of planted) expect(own).toContain(secret);
  expect(told.join()).toContain('lastLines');
  const texts: Readonly<Record<string, string>> = {
    said: said.join('\n'),
    terminal: terminal.shown(),
    hook: told.join('\n'),
    ...publishedFiles(project),
  };
  expect(texts.said).toContain(String(pid));
  expect(texts['DEVELOPMENT.md']).toContain('node programs/blab.mjs --token ***');
  for (const [place, text] of Object.entries(texts)) {
    for (const secret of Object.values(SECRETS)) expect(text, place).not.toContain(secret);
  }
  // They are shown to a user who asks for one by name.
  expect(await dev('config', 'get', 'services.web.env.OWN_API_KEY')).toBe('***\n');
  expect(await dev('config', 'get', 'services.web.env.OWN_API_KEY', '--reveal')).toBe(`${SECRETS.env}\n`);
}, 90_000);

test('what env files and the shell hold lies in no file of ours, and a later supervisor has it all the same', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const blab = {
    command: 'node programs/blab.mjs',
    envFile: ['web.env'],
    env: { BLAB: 'SHELL_TOKEN,GIVEN_ON,FILE_PASSWORD', GIVEN_ON: '$ROOT_SECRET' },
  };
  const project = await projectWith({
    web: { ...blab, port, restart: { maxRestarts: 1, backoff: { initial: '50ms' } } },
    once: { ...blab, port: other, restart: 'never' },
    other: { command: 'sleep 1000' },
  });
  project.write('.env', `ROOT_SECRET=${SECRETS.dotenv}\n`);
  project.write('web.env', `FILE_PASSWORD=${SECRETS.envFile}\n`);
  const environment = { SHELL_TOKEN: SECRETS.shell };
  const started = await project.dev(['start'], { environment });
  expect(started, started.stderr).toMatchObject({ code: 0 });

  const files = Object.entries(textsBelow(join(project.root, 'logs')));
  expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['.devgen/plan.json', '.devgen/runs/web.json']));
  const holding = files.filter(([, text]) => Object.values(SECRETS).some((secret) => text.includes(secret)));
  expect(holding.map(([name]) => name).toSorted()).toEqual(['once.log', 'web.log']);

  // The run that is adopted still prints what the file held when it was started.
  project.write('web.env', `FILE_PASSWORD=${LATER}\n`);
  await killSupervisor(project);
  expect(await project.dev(['start', 'other'])).toMatchObject({ code: 0 });
  await fetch(`http://127.0.0.1:${other}/die`);
  await waitUntil(() => project.status('once').state === 'failed');
  // What is published waits until a state has lasted.
  await waitUntil(() => project.read('logs/once_status.json').includes('FILE_PASSWORD is ***'));
  await fetch(`http://127.0.0.1:${port}/die`);
  await waitUntil(() => project.status('web').restarts === 1 && project.status('web').state === 'ready');
  await fetch(`http://127.0.0.1:${port}/die`);
  await waitUntil(() => project.status('web').state === 'failed');

  for (const [name, text] of Object.entries(textsBelow(join(project.root, 'logs')))) {
    for (const secret of [...Object.values(SECRETS), LATER]) {
      if (!/^(?:web|once)\.log$/.test(name)) expect(text, name).not.toContain(secret);
    }
  }
  const runs = project.read('logs/web.log').split('SHELL_TOKEN is ').slice(1);
  expect(runs).toHaveLength(2);
  for (const run of runs) {
    expect(run).toMatch(
      new RegExp(`^${SECRETS.shell}\nGIVEN_ON is ${SECRETS.dotenv}\nFILE_PASSWORD is ${SECRETS.envFile}$`, 'm'),
    );
  }
}, 90_000);

const READING = [
  ...['status', 'health', 'tasks', 'config', 'doctor', 'errors', 'ps'].flatMap((name) => [[name], [name, '--json']]),
  ...[['status', '--all'], ['status', '--all', '--json'], ['url'], ['port', '1', '--json']],
];

function textsBelow(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.flatMap((path) => {
      const text = textOf(path);
      return text === undefined ? [] : [[relative(folder, path), text] as const];
    }),
  );
}

/** `undefined`: it was replaced meanwhile. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What others may read, or see when they look at the repository. */
function publishedFiles(project: Project): Readonly<Record<string, string>> {
  const logs = readdirSync(join(project.root, 'logs')).filter((name) => name !== 'web.log' && name !== '.devgen');
  const files = [...logs.map((name) => `logs/${name}`), 'DEVELOPMENT.md'];
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(project.root, file), 'utf8')]));
}
