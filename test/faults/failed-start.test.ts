import { expect, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import { expectCleanStop, pidOf, projectWith, projectWithWeb } from './fault-project.ts';

const SERVER = "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')";

test('a start after a failed start begins anew, also where the first one lives on and waits for an edit', async () => {
  const { project, port } = await projectWithWeb('node --watch server.js', { health: { startTimeout: '1s' } });
  project.write('server.js', "require('served')");
  expect(await project.dev(['start', 'web'])).toMatchObject({ code: 1 });
  const pid = pidOf(project, 'web');
  project.write('node_modules/served/index.js', SERVER);

  const started = await project.dev(['start', 'web', '--timeout', '20s']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  expect(pidOf(project, 'web')).not.toBe(pid);
  await expectCleanStop(project, port);
});

test('a start with a longer timeout, as is advised when one was too short, waits longer', async () => {
  const { project, port } = await projectWithWeb('node programs/server.mjs --unready 2500', {
    health: { http: '/', startTimeout: '1s' },
  });
  const failed = await project.dev(['start', 'web']);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('hint: `./dev start web --timeout 3m` starts it anew and waits longer.');

  expect(await project.dev(['start', 'web', '--timeout', '3m'])).toMatchObject({ code: 0 });
  await expectCleanStop(project, port);
});

test('a start of what depends on a failed service begins that anew, too', async () => {
  const [port, page] = [await reservePort(), await reservePort()];
  const project = await projectWith({
    api: { command: 'node --watch api.js', port, health: { startTimeout: '1s' } },
    page: { command: 'node programs/server.mjs', port: page, dependsOn: ['api'] },
  });
  project.write('api.js', "require('served')");
  expect(await project.dev(['start', 'page'])).toMatchObject({ code: 1 });
  project.write('node_modules/served/index.js', SERVER);

  const started = await project.dev(['start', 'page', '--timeout', '20s']);

  expect(started, started.stderr).toMatchObject({ code: 0 });
  await expectCleanStop(project, port, page);
});
