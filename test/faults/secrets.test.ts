import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { projectWith } from './fault-project.ts';

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
  await waitUntil(() => project.status('web').state === 'failed' && told.length > 1);
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
});

const READING = [
  ...['status', 'health', 'tasks', 'config', 'doctor', 'errors', 'ps'].flatMap((name) => [[name], [name, '--json']]),
  ...[['status', '--all'], ['status', '--all', '--json'], ['url'], ['port', '1', '--json']],
];

/** What others may read, or see when they look at the repository. */
function publishedFiles(project: Project): Readonly<Record<string, string>> {
  const logs = readdirSync(join(project.root, 'logs')).filter((name) => name !== 'web.log' && name !== '.devgen');
  const files = [...logs.map((name) => `logs/${name}`), 'DEVELOPMENT.md'];
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(project.root, file), 'utf8')]));
}
