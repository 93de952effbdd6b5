import { expect, test } from 'vitest';
import { CERTIFICATE, KEY } from '../runtime-health/tls-certificate.ts';
import { expectCleanStop, projectWithWeb, start } from './fault-project.ts';

async function tlsProject(config: Readonly<Record<string, unknown>> = {}) {
  const web = await projectWithWeb('python3 programs/web.py --tls tls', config);
  web.project.write('tls/cert.pem', CERTIFICATE);
  web.project.write('tls/key.pem', KEY);
  return web;
}

for (const health of [undefined, '/']) {
  test(`a server that speaks TLS is ready at an https URL with what init writes (health: ${health})`, async () => {
    const { project, port } = await tlsProject(health === undefined ? {} : { health });

    await start(project);

    expect(project.status('web')).toMatchObject({ state: 'ready', url: `https://localhost:${port}` });
    expect(project.read('logs/web.log')).toContain('asked for /');
    expect(await project.dev(['health'])).toMatchObject({ code: 0 });
    expect((await project.dev(['url', 'web'])).stdout).toContain(`https://localhost:${port}`);
    await expectCleanStop(project, port);
  });
}

test('a server on another loopback address is reached at the URL that is told', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --address 127.0.20.4', { health: '/' });

  await start(project);

  const { url } = project.status('web');
  expect(url).toBe(`http://127.0.20.4:${port}`);
  expect((await fetch(url ?? '')).status).toBe(200);
  expect(await project.dev(['health'])).toMatchObject({ code: 0 });
  await expectCleanStop(project, port);
});

test('variables in a health URL have their values', async () => {
  const { project, port } = await projectWithWeb('python3 programs/web.py --only /well', {
    health: { http: 'http://localhost:$PORT/well', startTimeout: '5s' },
  });

  await start(project);

  expect(project.read('logs/web.log')).toContain('asked for /well');
  await expectCleanStop(project, port);
});

test('a health URL that is none is refused with its place', async () => {
  const { project } = await projectWithWeb('python3 programs/web.py', { health: { http: 'http://local host:1/' } });

  const started = await project.dev(['start', 'web']);

  expect(started.code).toBe(2);
  expect(started.stderr).toContain('devgen.config.yaml:');
  expect(started.stderr).toContain('a path such as `/health`, or a whole URL');
});

test('a health URL that is none once its variables have values fails the start, and never hangs it', async () => {
  const { project } = await projectWithWeb('python3 programs/web.py', {
    health: { http: 'http://localhost:$NOT_A_PORT/', startTimeout: '2s' },
    env: { NOT_A_PORT: 'x' },
  });

  const started = await project.dev(['start', 'web']);

  expect(started.code).toBe(1);
  expect(started.stderr).toContain('of its `health` comes to be no URL');
});
