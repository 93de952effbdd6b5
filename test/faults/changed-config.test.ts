import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { expectCleanStop, killSupervisor, projectWith, start } from './fault-project.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: devgen's, not JavaScript's
const AT = '${WEB_AT}';

/** What `status` and a start say of a running service's configuration; what they advise is done. */
async function applyWhatChanged(project: Project) {
  const status = await project.dev(['status']);
  const json = await project.dev(['status', '--json']);
  const started = await project.dev(['start', 'web']);
  expect([status.code, json.code, started.code]).toEqual([0, 0, 0]);
  const said = /(?<what>\S.*) changed since it was started; `\.\/dev reload web` applies it/;
  const what = said.exec(status.stdout)?.groups?.what;
  expect(said.exec(started.stdout)?.groups?.what?.toLowerCase()).toBe(what && `hint: ${what}`.toLowerCase());
  expect(await project.dev(['reload', 'web'])).toMatchObject({ code: 0 });
  expect((await project.dev(['status'])).stdout).not.toContain('changed');
  return { what, changed: JSON.parse(json.stdout).services[0].changed ?? [] };
}

test('a config that changed while its service runs is told by status and start, and applied as they advise', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  await start(project);
  expect(await applyWhatChanged(project)).toEqual({ what: undefined, changed: [] });
  const changed = { web: { ...server('web', port), env: { COLOUR: 'red' } } };
  project.write('devgen.config.yaml', configFile(changed)['devgen.config.yaml'] ?? '');

  expect(await applyWhatChanged(project)).toEqual({ what: 'the config', changed: ['config'] });
  await expectCleanStop(project, port);
});

test('an .env that changed is told where the service has something of it, and nowhere else', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const web = { ...server('web', port), port: AT, envFile: ['web.env'] };
  const project = await projectWith({ web: { ...web, env: { GREETING: '$HELLO' } } });
  project.write('.env', `WEB_AT=${port}\nHELLO=hello\nELSE=1\n`);
  project.write('web.env', 'OWN=1\n');
  await start(project);
  project.write('.env', `WEB_AT=${port}\nHELLO=hello\nELSE=2\n`);
  expect(await applyWhatChanged(project)).toEqual({ what: undefined, changed: [] });

  project.write('.env', `WEB_AT=${other}\nHELLO=hello\nELSE=2\n`);
  expect(await applyWhatChanged(project)).toEqual({ what: '`.env`', changed: ['.env'] });
  expect(project.status('web')).toMatchObject({ port: other });

  project.write('.env', `WEB_AT=${other}\nHELLO=bye\nELSE=2\n`);
  project.write('web.env', 'OWN=2\n');
  expect(await applyWhatChanged(project)).toEqual({ what: 'its `envFile` and `.env`', changed: ['envFile', '.env'] });
  await expectCleanStop(project, other);
});

test('reload restarts what changed and what is told another port, stops what left the config, and nothing else', async () => {
  const ports = [
    await reservePort(),
    await reservePort(),
    await reservePort(),
    await reservePort(),
    await reservePort(),
  ];
  const [api = 0, web = 0, other = 0, gone = 0, next = 0] = ports;
  const services = {
    api: server('api', api),
    web: { ...server('web', web), env: { API: '$API_URL' } },
    other: server('other', other),
  };
  const project = await projectWith({ ...services, gone: server('gone', gone) });
  await start(project);
  const pidOf = (name: string): number | null => project.status(name).pid;
  const before = ['api', 'web', 'other'].map(pidOf);
  const changed = { ...services, api: server('api', next), fresh: { command: 'sleep 100' } };
  project.write('devgen.config.yaml', configFile(changed)['devgen.config.yaml'] ?? '');

  const shown = await project.dev(['reload', '--dry-run']);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toBe(
    'gone: stop, because the config has it no more\n' +
      'api: restart, because the config changed\n' +
      `web: restart too, because \`api\` is to have port ${next}\n` +
      'not running: `fresh`; `./dev start` starts what is not\n',
  );
  expect(['api', 'web', 'other'].map(pidOf)).toEqual(before);

  const reloaded = JSON.parse((await project.dev(['reload', '--json'])).stdout);
  expect(reloaded).toMatchObject({
    restart: [{ service: 'api', changed: ['config'] }],
    stop: ['gone'],
    follow: [{ service: 'web', dependency: 'api', port: next }],
    services: [
      { service: 'api', outcome: 'restarted', port: next },
      { service: 'web', outcome: 'restarted', asked: false },
    ],
    stopped: [{ service: 'gone', outcome: 'stopped' }],
  });
  const after = ['api', 'web', 'other'].map(pidOf);
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[2]).toBe(before[2]);
  expect(await project.dev(['reload'])).toMatchObject({
    code: 0,
    stdout: 'all that runs is what the config says\nnot running: `fresh`; `./dev start` starts what is not\n',
  });
});

test('a reload tells of the port to come while a service is stopping, and of what dies on it', async () => {
  const [api, next, last, web] = [await reservePort(), await reservePort(), await reservePort(), await reservePort()];
  const choosy = `[ "$API_PORT" != ${last} ] && exec ${server('web', web).command}`;
  const services = (port: number, note: string) => ({
    api: { ...server('api', port, '--ignore-term'), stop: { grace: '2s' } },
    web: { command: choosy, port: web, env: { NOTE: note } },
  });
  const project = await projectWith(services(api, 'first'));
  await start(project);
  const write = (port: number, note: string) =>
    project.write('devgen.config.yaml', configFile(services(port, note))['devgen.config.yaml'] ?? '');

  write(next, 'second');
  expect(await project.dev(['reload'])).toMatchObject({ code: 0 });
  const { events } = JSON.parse((await project.dev(['history', 'web', '--json'])).stdout);
  expect(events.filter(({ kind }: { kind: string }) => kind === 'following')).toEqual([]);

  write(last, 'second');
  const follow = [{ service: 'web', dependency: 'api', port: last }];
  expect(JSON.parse((await project.dev(['reload', 'api', '--dry-run', '--json'])).stdout)).toMatchObject({ follow });
  const reloaded = await project.dev(['reload', 'api', '--json']);
  expect(reloaded.code, reloaded.stderr).toBe(1);
  expect(JSON.parse(reloaded.stdout)).toMatchObject({
    follow,
    services: [
      { service: 'api', outcome: 'restarted' },
      { service: 'web', outcome: 'failed', failure: { reason: 'exited' } },
    ],
  });
});

test('a start after the supervisor died starts anew what has an older config', async () => {
  const [port, other] = [await reservePort(), await reservePort()];
  const project = await projectWith({ web: { ...server('web', port), port: AT } });
  project.write('.env', `WEB_AT=${port}\n`);
  await start(project);
  await killSupervisor(project);
  project.write('.env', `WEB_AT=${other}\n`);

  await start(project);

  expect(project.status('web')).toMatchObject({ port: other });
  await expectCleanStop(project, other);
});
