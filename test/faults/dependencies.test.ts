import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { pidOf, projectWith, start } from './fault-project.ts';

test('a service that restarts while what it depends on is unhealthy waits, and is not given up', async () => {
  const driver = await openDriver();
  const [port, webPort] = [await reservePort(), await reservePort()];
  const health = { http: '/', period: '50ms', failureThreshold: 1 };
  const project = await projectWith({
    db: { ...server('db', port, driver.options), health },
    web: { ...server('web', webPort), dependsOn: ['db'], restart: { backoff: { initial: '10ms' } } },
  });
  const starting = start(project);
  const db = await driver.next();
  await db.tell('listen');
  await starting;
  await db.tell('answer 500');
  await waitUntil(() => project.status('db').state === 'unhealthy');

  process.kill(pidOf(project, 'web'), 'SIGKILL');
  await waitUntil(() => project.status('web').restarts === 1 && project.status('web').state === 'starting');
  await db.tell('answer 200');

  await waitUntil(() => project.status('web').state === 'ready');
});

test('a start that comes while what it depends on is restarted waits for the restart', async () => {
  const driver = await openDriver();
  const [port, webPort] = [await reservePort(), await reservePort()];
  const project = await projectWith({
    db: server('db', port, driver.options),
    web: { ...server('web', webPort), dependsOn: ['db'] },
  });
  const starting = start(project, 'db');
  await (await driver.next()).tell('listen');
  await starting;

  const [restarted, started] = [project.dev(['restart', 'db']), project.dev(['start', 'web'])];
  await (await driver.next()).tell('listen');

  expect(await restarted).toMatchObject({ code: 0 });
  expect(await started).toMatchObject({ code: 0 });
  expect(project.status('web').state).toBe('ready');
});
