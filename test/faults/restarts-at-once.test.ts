import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, pidOf, projectWith } from './fault-project.ts';

/** The first program that finds a file `hold` has begun, and goes on when the file that it makes of that is gone. */
const HOLD = `
const { existsSync, renameSync } = require('node:fs');
const sleeper = new Int32Array(new SharedArrayBuffer(4));
if (existsSync('hold')) {
  renameSync('hold', 'begun');
  while (existsSync('begun')) Atomics.wait(sleeper, 0, 0, 20);
}
`;
const HOLDING = { environment: { NODE_OPTIONS: '--require ./hold.cjs' } };

test('of two restarts at once the later one joins the earlier', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  project.write('hold.cjs', HOLD);
  expect(await project.dev(['start'], HOLDING)).toMatchObject({ code: 0 });
  project.write('hold', '');
  const later = project.dev(['restart', '--json'], HOLDING);
  await waitUntil(() => existsSync(join(project.root, 'begun')));
  const earlier = await project.dev(['restart'], HOLDING);
  const pid = pidOf(project, 'web');

  rmSync(join(project.root, 'begun'));

  expect(earlier, earlier.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse((await later).stdout).services).toMatchObject([{ outcome: 'restarted', pid }]);
  expect(pidOf(project, 'web')).toBe(pid);
  await expectCleanStop(project, port);
});

test('a restart that was asked for after another one had launched the service launches it again', async () => {
  const port = await reservePort();
  const driver = await openDriver();
  const project = await projectWith({ web: server('web', port, driver.options) });
  const earlier = project.dev(['restart']);
  const first = await driver.next();
  const later = project.dev(['restart']);
  const second = await driver.next();

  await second.tell('listen');

  expect(await earlier).toMatchObject({ code: 0 });
  expect(await later).toMatchObject({ code: 0 });
  expect(second.pid).not.toBe(first.pid);
  expect(pidOf(project, 'web')).toBe(second.pid);
  await expectCleanStop(project, port);
});
