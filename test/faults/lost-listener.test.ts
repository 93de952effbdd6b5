import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { hasFlask, hasUvicorn } from '../rig/tools.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, killSupervisor, pidOf, projectWith, projectWithWeb, start } from './fault-project.ts';

/** A driven server that is ready. */
async function drivenProject(config: Readonly<Record<string, unknown>> = {}) {
  const driver = await openDriver();
  const web = await projectWithWeb(`node programs/server.mjs --name web ${driver.options}`, config);
  const starting = web.project.dev(['up', '-d']);
  const driven = await driver.next();
  await driven.tell('listen');
  expect(await starting).toMatchObject({ code: 0 });
  return { ...web, driven, driver };
}

/** Every command that tells how a service is, and what it told. */
async function wordsOf(project: Project) {
  const [status, json, wait] = await Promise.all([
    project.dev(['status']),
    project.dev(['status', '--json']),
    project.dev(['wait', '--timeout', '1s']),
  ]);
  return { codes: [status.code, json.code, wait.code], state: JSON.parse(json.stdout).services[0].state };
}

test('a server whose port closes is called ready by no command from that moment on', async () => {
  const { project, port, driven } = await drivenProject();

  await driven.tell('close');

  expect(await wordsOf(project)).toEqual({ codes: [1, 1, 1], state: 'unhealthy' });
  await waitUntil(() => project.status('web').state === 'unhealthy', 1000);
  const started = await project.dev(['start', 'web']);
  expect(started.code).toBe(1);
  expect(started.stderr).toContain(`alive, but it does not listen: its port ${port} is closed`);
  await driven.tell('listen');
  await waitUntil(() => project.status('web').state === 'ready');
  expect(await project.dev(['wait'])).toMatchObject({ code: 0 });
  await expectCleanStop(project, port);
});

test('without a supervisor the socket table tells that a port is closed', async () => {
  const { project, driven } = await drivenProject();
  await killSupervisor(project);

  await driven.tell('close');

  expect(await wordsOf(project)).toEqual({ codes: [1, 1, 1], state: 'unhealthy' });
});

test('a reload is no news, and a start that comes meanwhile waits for its end', async () => {
  const { project, driven } = await drivenProject();
  const pid = pidOf(project, 'web');
  await driven.tell('close');
  await waitUntil(() => project.status('web').state === 'unhealthy', 1000);

  const starting = project.dev(['start', 'web']);
  await driven.tell('listen');

  expect(await starting).toMatchObject({ code: 0 });
  expect(pidOf(project, 'web')).toBe(pid);
  expect(project.read('logs/events.ndjson')).not.toContain('unhealthy');
});

test('a server that writes an error and answers with 500 is not called ready any more', async () => {
  const { project, driven } = await drivenProject();
  await driven.tell('answer 500');

  await driven.tell('print SyntaxError: invalid syntax');
  await waitUntil(() => project.status('web').state === 'unhealthy', 3000);
  await driven.tell('answer 200');
  await driven.tell('print Reloading');
  await waitUntil(() => project.status('web').state === 'ready', 3000);
});

test('one that is mended a moment after it said that it reloads is ready then, not at the next probe', async () => {
  const { project, driven } = await drivenProject({ health: { http: '/', period: '1h' } });
  await driven.tell('answer 500');
  await driven.tell('print SyntaxError: invalid syntax');
  await waitUntil(() => project.status('web').state === 'unhealthy', 3000);
  await driven.tell('asked 9');

  await driven.tell('print Reloading');
  await driven.tell('asked 11');
  await driven.tell('answer 200');

  await waitUntil(() => project.status('web').state === 'ready', 3000);
});

test('start, wait and run ask a server before they call it ready', async () => {
  const { project, driven } = await drivenProject({ health: { http: '/', period: '1h' } });
  await driven.tell('answer 500');

  expect(await project.dev(['wait', '--timeout', '1s'])).toMatchObject({ code: 1 });
  const started = await project.dev(['start', '--json']);

  expect(started.code).toBe(1);
  expect(JSON.parse(started.stdout).services[0]).toMatchObject({ outcome: 'failed' });
  expect(started.stdout).toContain('500');
});

test('a reloader over code that was broken by an edit is not ready within a second, and ready once it is mended', async () => {
  const { project, port } = await projectWithWeb('node --watch server.js', { health: '/' });
  const code = "require('http').createServer((q, r) => r.end('ok')).listen(process.env.PORT, '127.0.0.1')";
  project.write('server.js', code);
  await start(project);

  writeFileSync(join(project.root, 'server.js'), `${code} +`);

  await waitUntil(() => project.read('logs/web.log').includes('SyntaxError'));
  expect(await project.dev(['status'])).toMatchObject({ code: 1 });
  await waitUntil(() => project.status('web').state === 'unhealthy', 1000);
  const started = await project.dev(['start', 'web']);
  expect(started.code).toBe(1);
  expect(started.stderr).toContain('SyntaxError');
  writeFileSync(join(project.root, 'server.js'), code);
  await waitUntil(() => project.status('web').state === 'ready');
  await expectCleanStop(project, port);
});

test.skipIf(!hasUvicorn)(
  'uvicorn --reload over a broken module, which keeps the socket open, is not ready',
  async () => {
    const { project, port } = await projectWithWeb('/usr/bin/python3 -m uvicorn app:app --reload --port $PORT');
    const code =
      'async def app(scope, receive, send):\n' +
      "    if scope['type'] != 'http': return\n" +
      "    await send({'type': 'http.response.start', 'status': 200})\n" +
      "    await send({'type': 'http.response.body', 'body': b'ok'})\n";
    project.write('app.py', code);
    await start(project);

    await waitUntil(() => {
      // Its reloader sees only changes that come after its first look.
      writeFileSync(join(project.root, 'app.py'), `${code}def broken(:\n`);
      return project.read('logs/web.log').includes('SyntaxError');
    });
    await waitUntil(() => project.status('web').state === 'unhealthy', 6000);
    const started = await project.dev(['start', 'web', '--json']);
    expect(JSON.parse(started.stdout).services[0]).toMatchObject({ outcome: 'failed' });
    writeFileSync(join(project.root, 'app.py'), code);
    await waitUntil(() => project.status('web').state === 'ready');
    await expectCleanStop(project, port);
  },
);

test.skipIf(!hasFlask)('flask --debug over a broken module is not ready', async () => {
  const { project, port } = await projectWithWeb('/usr/bin/python3 -m flask --debug run --port $PORT');
  const code = "from flask import Flask\napp = Flask(__name__)\n@app.get('/')\ndef root():\n    return 'ok'\n";
  project.write('app.py', code);
  await start(project);

  writeFileSync(join(project.root, 'app.py'), `${code}def broken(:\n`);

  await waitUntil(() => project.read('logs/web.log').includes('SyntaxError'));
  await waitUntil(() => project.status('web').state === 'unhealthy', 6000);
  expect(await project.dev(['wait', '--timeout', '1s'])).toMatchObject({ code: 1 });
  writeFileSync(join(project.root, 'app.py'), code);
  await waitUntil(() => project.status('web').state === 'ready');
  await expectCleanStop(project, port);
});

test('a server that moves to another port, and back, is found there, and those who depend on it are told', async () => {
  const [port, page, elsewhere] = [await reservePort(), await reservePort(), await reservePort()];
  const driver = await openDriver();
  const project = await projectWith({
    backend: server('backend', port, driver.options),
    frontend: { ...server('frontend', page), dependsOn: ['backend'] },
  });
  const starting = project.dev(['up', '-d']);
  const backend = await driver.next();
  await backend.tell('listen');
  expect(await starting).toMatchObject({ code: 0 });

  await backend.tell(`move ${elsewhere}`);
  expect(await project.dev(['status', 'backend'])).toMatchObject({ code: 1 });

  const url = `http://localhost:${elsewhere}`;
  await waitUntil(() => project.status('backend').url === url && project.status('backend').state === 'ready');
  await waitUntil(async () => (await ask(`http://localhost:${page}`)).BACKEND_URL === url);
  expect(project.read('logs/events.ndjson')).toContain(`"kind":"moved","from":${port},"port":${elsewhere}`);
  await waitUntil(() => project.status('frontend').state === 'ready');

  await backend.tell(`listen ${port}`);
  const home = `http://localhost:${port}`;
  await waitUntil(() => project.status('backend').url === home);
  await waitUntil(async () => (await ask(`http://localhost:${page}`)).BACKEND_URL === home);
  await expectCleanStop(project, port, page, elsewhere);
});
