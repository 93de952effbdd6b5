import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { expectCleanStop, projectWith, start } from './fault-project.ts';
import { holdPort } from './holder.ts';

test('the ports of other checkouts do not use up the fallback ports of one', async () => {
  const port = await reservePort();
  const web = { command: 'node programs/server.mjs', port: { number: port, fallback: 1 } };
  const ports: (number | null)[] = [];
  for (const folder of ['one', 'two', 'three', 'four']) {
    const project = await projectWith({ web }, { folder });
    await start(project);
    ports.push(project.status('web').port);
  }

  expect(ports).toEqual([port, port + 1, port + 2, port + 3]);
});

test('a service that finds no fallback port says what gives it more, and that does', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: { ...server('web', port), port: { number: port, fallback: 2 } } });
  for (const taken of [0, 1, 2]) await holdPort('127.0.0.1', port + taken);
  const failed = await project.dev(['start', 'web']);
  expect(failed.code).toBe(1);
  const [, advised] =
    /hint: `port: (\{.*?\})` for `web` in the config lets it try more ports/.exec(failed.stderr) ?? [];
  expect(advised).toBe(`{ number: ${port}, fallback: 4 }`);

  project.write(
    'devgen.config.yaml',
    `services:\n  web:\n    command: node programs/server.mjs\n    port: ${advised}\n`,
  );

  await start(project);
  expect(project.status('web')).toMatchObject({ state: 'ready', port: port + 3 });
  await expectCleanStop(project, port + 3);
});
