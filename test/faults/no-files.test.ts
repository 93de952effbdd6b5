import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import type { Project } from '../rig/project.ts';
import { expectCleanStop, projectWith, start, startedProject } from './fault-project.ts';

/** Far below what a test may take; far above what a command takes that waits for nothing. */
const LIMIT = { limitMs: 15_000 };

test('an .env that is a pipe into which nothing is written hangs no command, and stops no stop', async () => {
  const port = await reservePort();
  const project = await startedProject({ web: server('web', port) });
  putPipe(project, '.env');

  const problem = 'cannot read `.env`: it is a pipe, and nothing was written into it';
  const started = await project.dev(['start'], LIMIT);
  expect(started.code).toBe(2);
  expect(started.stderr).toContain(problem);
  for (const verb of ['status', 'stop']) expect((await project.dev([verb], LIMIT)).code, verb).toBe(0);
  rmSync(join(project.root, '.env'));
  await start(project);
  await expectCleanStop(project, port);
});

test('an .env that is a pipe is read once its writer has written, and a stop needs no writer', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  putPipe(project, '.env');
  // A shell waits in `>` until the pipe is opened for reading, as a password manager does.
  const fill = `while true; do echo "WEB_PORT=${port + 1}" > .env; done`;
  const writer = spawn('sh', ['-c', fill], { cwd: project.root, stdio: 'ignore', detached: true });
  const ended = once(writer, 'exit');
  const end = () => killQuietly(-(writer.pid ?? 0));
  onTestFinished(end);

  await start(project);

  expect(await ask(`http://localhost:${port + 1}`)).toMatchObject({ server: 'web' });
  end();
  await ended;
  await expectCleanStop(project, port + 1);
});

const CONFIG = 'devgen.config.yaml';

const noConfigs: Readonly<Record<string, readonly [make: (project: Project, path: string) => void, why: string]>> = {
  'a pipe': [putPipe, 'it is a pipe, a device or a socket'],
  'an endless device': [
    (project, path) => symlinkSync('/dev/zero', join(project.root, path)),
    'it is a pipe, a device or a socket',
  ],
  'a file of 600 MB': [
    (project, path) => {
      project.write(path, '');
      truncateSync(join(project.root, path), 600_000_000);
    },
    'it is larger than 16 MB',
  ],
};

for (const [what, [make, why]] of Object.entries(noConfigs)) {
  test(`${what} in place of the config is an error with its reason, not a hang`, async () => {
    const project = await projectWith({ web: server('web', await reservePort()) });
    rmSync(join(project.root, CONFIG));
    make(project, CONFIG);

    const started = await project.dev(['start'], LIMIT);

    expect(started.code).toBe(2);
    expect(started.stderr).toContain(`cannot read \`${CONFIG}\`: ${why}`);
  });
}

test('a pipe in place of a log or of a file of ours hangs neither status, logs, restart nor stop', async () => {
  const port = await reservePort();
  const project = await startedProject({ web: server('web', port) });
  for (const file of [
    'web.log',
    'web_status.json',
    'web.pid',
    'events.ndjson',
    'devgen.log',
    '.devgen/plan.json',
    '.devgen/status/web.json',
  ]) {
    rmSync(join(project.root, 'logs', file), { force: true });
    putPipe(project, join('logs', file));
  }

  expect((await project.dev(['status'], LIMIT)).code).toBeLessThan(2);
  expect((await project.dev(['status', '--all'], LIMIT)).code).toBeLessThan(2);
  expect(await project.dev(['logs'], LIMIT)).toMatchObject({
    code: 1,
    stderr:
      'error: `logs/web.log` is a pipe, a device or a socket, not a log\n' +
      '  hint: Move it away: what `web` writes belongs there.\n',
  });
  const restarted = await project.dev(['restart'], LIMIT);
  expect(restarted.code).toBe(1);
  expect(restarted.stderr).toContain('EFTYPE');
  expect((await project.dev(['stop'], LIMIT)).code).toBe(0);
  expect(statSync(join(project.root, 'logs/web.log')).isFIFO()).toBe(true);
});

function putPipe(project: Project, path: string): void {
  mkdirSync(join(project.root, 'logs'), { recursive: true });
  expect(spawnSync('mkfifo', [join(project.root, path)]).status).toBe(0);
}
