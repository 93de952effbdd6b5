import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('of a service that is gone with its supervisor nothing says that it has a port: env, url, JSON and doctor agree', async () => {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ backend: server('backend', port) }), generated: true });
  const stranger = await startStranger(port);
  await project.dev(['start']);
  const { supervisor, pid, port: actual } = project.status('backend');
  expect(actual).toBe(port + 1);
  expect((await project.dev(['env'])).stdout).toContain(`BACKEND_PORT=${port + 1}\n`);
  for (const each of [supervisor?.pid, pid]) killQuietly(each ?? 0);
  await waitUntil(() => ![supervisor?.pid, pid].some((each) => isLiving(each ?? 0)));

  const [backend] = JSON.parse((await project.dev(['status', '--json'])).stdout).services;
  const url = await project.dev(['url', 'backend']);
  const doctor = await project.dev(['doctor', '--json']);

  expect(backend).toMatchObject({ state: 'crashed', pid: null, port: null, url: null, wantedPort: port });
  expect(url.code).toBe(1);
  expect(url.stderr).toContain('`backend` does not run');
  const environment = (await project.dev(['env'])).stdout;
  expect(environment).toContain(`BACKEND_PORT=${port}\n`);
  expect(environment).toContain(`BACKEND_URL=http://localhost:${port}\n`);
  expect((await project.dev(['status'])).stdout).not.toContain(String(port + 1));
  expect(doctor.stdout).not.toContain(String(port + 1));
  expect(stranger.isAlive()).toBe(true);
});

test('--resources shows what a service takes with everything it started', async () => {
  const { project } = await create('--fork');
  await project.dev(['start', 'backend']);

  const { code, stdout } = await project.dev(['status', '--resources']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^SERVICE +STATE +ADDRESS +PID +UP +HEALTH +CPU +MEMORY\nbackend .* \d+% +\d+ MB\n/);
  expect(stdout).toMatch(/^frontend .* - +-$/m);
  const [backend, frontend] = JSON.parse((await project.dev(['status', '--resources', '--json'])).stdout).services;
  expect(backend.resources).toEqual({
    processes: 2,
    cpuPercent: expect.any(Number),
    residentBytes: expect.any(Number),
  });
  expect(frontend.resources).toBeNull();
});

test('--all shows the last log lines and how the machine is doing, too', async () => {
  const { project, port } = await create();
  await project.dev(['start', 'backend']);

  const { stdout } = await project.dev(['status', 'backend', '--all']);
  expect(stdout).toMatch(/^backend\n {2}state +ready\n/);
  expect(stdout).toMatch(/^ {2}memory +\d+ MB in 1 process$/m);
  expect(stdout).toContain(`\n  | backend: listening on ${port}\n`);
  expect(stdout).toMatch(
    /\n\nthis machine\n {2}memory {2}\S+ \wB of \S+ \wB available\n {2}disk {4}\S+ \wB of \S+ \wB available\n {2}load {4}\S+ \S+ \S+ \(\d+ processors?\)\n {2}cpu {5}\d+%\n {2}up {6}\d.*\n$/,
  );
  const document = JSON.parse((await project.dev(['status', 'backend', '--all', '--json'])).stdout);
  expect(document).toMatchObject({
    schemaVersion: 1,
    services: [{ lastLines: expect.arrayContaining([`backend: listening on ${port}`]) }],
    system: { processors: expect.any(Number), load: [expect.any(Number), expect.any(Number), expect.any(Number)] },
  });
});

test('--graph shows who talks to whom, proxies of a Vite config too; --detailed the ports, and whose a free one is', async () => {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = {
    backend: server('backend', port),
    frontend: { command: 'vite', port: pagePort, env: { API: '$BACKEND_URL' } },
  };
  const project = await createProject({
    files: {
      ...configFile(services),
      'vite.config.js': `export default { server: { proxy: { '/api': 'http://localhost:${port}', '/ws': process.env.BACKEND_URL ?? 'http://localhost:1' } } };\n`,
    },
    generated: true,
  });
  await project.dev(['start', 'backend']);
  const stranger = await startStranger(pagePort);

  expect(await project.dev(['status', '--graph'])).toMatchObject({
    code: 1,
    stdout: [
      `backend   ready  http://localhost:${port}`,
      'frontend  down   -',
      `  ├─▶ backend :${port}  calls it (API)`,
      `  ├─▶ backend :${port}  hands /api on to port ${port} (vite.config.js:1)`,
      `  └─▶ backend :${port}  hands /ws on to port ${port} (vite.config.js:1)`,
      '',
    ].join('\n'),
  });
  const graph = JSON.parse((await project.dev(['status', '--graph', '--json'])).stdout);
  expect(graph.edges).toMatchObject([
    { kind: 'calls', from: 'frontend', to: 'backend' },
    { kind: 'proxies', route: '/api' },
    { kind: 'proxies', route: '/ws', to: 'backend', port },
  ]);

  const details = (await project.dev(['status', '--detailed'])).stdout;
  expect(details).toMatch(new RegExp(`^ {2}listens on +${port}$`, 'm'));
  expect(details).toMatch(/^ {2}connections +\d+$/m);
  expect(details).toMatch(new RegExp(`^ {2}its port +${pagePort} is taken by .*pid ${stranger.pid}`, 'm'));
});

test('--watch draws it anew until Ctrl+C, and leaves the last of it', async () => {
  const { project } = await create();
  const terminal = openTerminal(project, './dev', ['status', '--watch']);
  await terminal.see(/backend +down/);

  await project.dev(['start', 'backend']);
  await terminal.see(/backend +ready/);
  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(0);
  expect(terminal.shown().split('\n').slice(-4).join('\n')).toMatch(/^backend +ready .*\nfrontend +down .*\n/m);
});

test('--watch needs a terminal, or --json', async () => {
  const { project } = await create();

  expect(await project.dev(['status', '--watch'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'error: `--watch` draws on a terminal, and there is none\n' +
      '  hint: `--watch --json` prints a document each second, one a line.\n',
  });
  const terminal = openTerminal(project, 'sh', ['-c', './dev status --watch --json | head -n 2']);
  await terminal.exited;
  const documents = terminal.shown().trim().split('\n');
  expect(documents.map((line) => JSON.parse(line).schemaVersion)).toEqual([1, 1]);
});

async function create(options = ''): Promise<{ project: Project; port: number }> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = { backend: server('backend', port, options), frontend: server('frontend', pagePort) };
  return { project: await createProject({ files: configFile(services), generated: true }), port };
}
