import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { ask } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { CTRL_C, openTerminal, type Terminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('Ctrl+C stops what the command started, and leaves nothing', async () => {
  const { project, terminal } = await attach();

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(0);
  await waitUntil(() => project.processes().length === 0, 5000);
});

test('Ctrl+C under make leaves nothing either', async () => {
  const { project, terminal } = await attach('make');

  terminal.press(CTRL_C);

  await terminal.exited;
  await waitUntil(() => project.processes().length === 0, 5000);
});

test('a second Ctrl+C kills what ignores the first', async () => {
  const { project, terminal } = await attach('dev', {
    command: 'sh programs/stubborn.sh --name backend',
    stop: { grace: '25s' },
  });

  terminal.press(CTRL_C);
  await terminal.see('SIGTERM ignored');
  terminal.press(CTRL_C);

  await terminal.exited;
  expect(terminal.shown().match(/backend: stopped/g)).toHaveLength(1);
  await waitUntil(() => project.processes().length === 0, 5000);
});

test('Ctrl+C leaves a service alone that ran before', async () => {
  const project = await createProject({ files: await twoServices(), generated: true });
  await project.dev(['start', 'backend']);
  const { pid } = project.status('backend');
  const terminal = openTerminal(project, './dev');
  await waitUntil(() => project.status('frontend').state === 'ready');
  await terminal.see('q or Ctrl+C stop frontend and leave backend, started elsewhere');

  terminal.press(CTRL_C);

  await terminal.exited;
  expect(project.status('backend')).toMatchObject({ state: 'ready', pid });
  expect(project.status('frontend')).toMatchObject({ state: 'down' });
});

test('who attaches to what was started elsewhere is told what leaving does, and that it goes on', async () => {
  const { project, terminal } = await attach();
  const { pid } = project.status('backend');
  const second = openTerminal(project, './dev');
  await second.see('q or Ctrl+C leave (started elsewhere; `./dev stop` stops)');

  second.press(CTRL_C);

  expect(await second.exited).toBe(0);
  await second.see('left running: backend; `./dev stop` stops them');
  expect(project.status('backend')).toMatchObject({ state: 'ready', pid });
  expect(terminal.shown()).toContain('q or Ctrl+C stop');
});

test('Ctrl+Z suspends the view, and the shell brings it back with its keys', async () => {
  const { project } = await attach();
  const script = 'set -m; ./dev; echo "suspended with $?"; read word; echo "read $word"; fg; echo "left with $?"';
  const terminal = openTerminal(project, 'bash', ['-c', script]);
  await terminal.see('Ctrl+C leave');

  terminal.press('\u001a');
  await terminal.see('suspended with 148');
  terminal.press('jobs\n');
  await terminal.see('read jobs');
  await waitUntil(() => {
    terminal.press('s');
    return /backend +ready/.test(terminal.shown());
  });
  terminal.press(CTRL_C);

  await terminal.see('left with 0');
  expect(project.status('backend')).toMatchObject({ state: 'ready' });
});

test('what is pasted or typed as a word presses no key, and is answered with what the keys are', async () => {
  const { project, terminal } = await attach();
  const { pid } = project.status('backend');
  const hints = () => terminal.shown().split('d detach').length - 1;

  terminal.press('docker compose restart\r');

  await waitUntil(() => hints() === 2);
  terminal.press('jobs');
  await waitUntil(() => hints() === 3);
  expect(terminal.shown()).not.toMatch(/opening|restarting|left running/);
  expect(project.status('backend')).toMatchObject({ state: 'ready', pid });
  terminal.press('d');
  expect(await terminal.exited).toBe(0);
});

test('keys that are pressed while services start mean nothing later', async () => {
  const port = await reservePort();
  const services = { backend: { ...server('backend', port), before: 'until [ -e go ]; do sleep 0.05; done' } };
  const project = await createProject({ files: configFile(services), generated: true });
  const terminal = openTerminal(project, './dev');
  await terminal.see('until [ -e go ]');

  terminal.press('q');
  await terminal.see(/^q/m); // Echoed: the terminal has it.
  await terminal.see('waiting for backend');
  project.write('go', '');

  await terminal.see('d detach');
  terminal.press('?');
  await waitUntil(() => terminal.shown().split('d detach').length === 3);
  expect(terminal.shown()).not.toContain('stopping');
  terminal.press('d');
  expect(await terminal.exited).toBe(0);
});

test('logs are shown live, each line with its service', async () => {
  const { port, terminal } = await attach();

  await ask(`http://localhost:${port}/seen-live`);

  await terminal.see(/backend\b.*GET \/seen-live/);
});

test('what our own health probes write to the log of a server is told once, and then not shown', async () => {
  const { project, port, terminal } = await attach('dev', { health: { http: '/', period: '100ms' } });
  const probes = () => project.read('logs/backend.log').match(/GET \/$/gm)?.length ?? 0;
  const shown = () => terminal.shown().match(/GET \/( .*)?$/gm)?.length ?? 0;
  await terminal.see("devgen's health probe; the next ones are not shown");
  const before = { probes: probes(), shown: shown() };

  await waitUntil(() => probes() >= before.probes + 20);
  await ask(`http://localhost:${port}/seen-live`);
  await terminal.see('GET /seen-live');

  expect(shown() - before.shown).toBeLessThan(5);
  terminal.press(CTRL_C);
  await terminal.exited;
});

test('d detaches: the services stay', async () => {
  const { project, terminal, port } = await attach();

  terminal.press('d');

  expect(await terminal.exited).toBe(0);
  expect(project.status('backend')).toMatchObject({ state: 'ready' });
  expect(await ask(`http://localhost:${port}`)).toMatchObject({ server: 'backend' });
});

test('t shows the full screen and gives the plain view back, with what was written meanwhile', async () => {
  const { port, terminal } = await attach();

  terminal.press('t');
  await terminal.see('q stop · t back');
  await ask(`http://localhost:${port}/seen-in-full`);
  await terminal.see('GET /seen-in-full');
  terminal.press('t');
  await waitUntil(() => terminal.raw().includes('\u001b[?1049l'));
  await waitUntil(() => /GET \/seen-in-full/.test(plainEnd(terminal)));

  terminal.press('t');
  await waitUntil(() => terminal.raw().split('q stop · t back').length === 3);
  terminal.press('q');
  expect(await terminal.exited).toBe(0);
  expect(plainEnd(terminal)).toContain('backend: stopped');
});

test('r restarts', async () => {
  const { project, terminal } = await attach();
  const { pid } = project.status('backend');

  terminal.press('r');

  await waitUntil(() => {
    const status = project.status('backend');
    return status.state === 'ready' && status.pid !== pid;
  });
  terminal.press(CTRL_C);
  await terminal.exited;
});

test('s shows the status', async () => {
  const { project, terminal, port } = await attach();
  const { pid } = project.status('backend');
  const before = terminal.shown().length;

  terminal.press('s');

  await waitUntil(() =>
    new RegExp(`backend.*ready.*${pid}|backend.*ready.*${port}`).test(terminal.shown().slice(before)),
  );
  terminal.press(CTRL_C);
  await terminal.exited;
});

test('closing the terminal stops what the command started', async () => {
  const { project, terminal } = await attach();

  terminal.close();

  expect(await terminal.exited).toBe(129);
  await waitUntil(() => project.processes().length === 0, 10_000);
});

/** What it shows since the full screen was left last. */
function plainEnd(terminal: Terminal): string {
  return stripVTControlCharacters(terminal.raw().split('\u001b[?1049l').at(-1) ?? '');
}

async function attach(
  way: 'dev' | 'make' = 'dev',
  config: Readonly<Record<string, unknown>> = {},
): Promise<{ project: Project; port: number; terminal: Terminal }> {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port), ...config } }),
    generated: way === 'dev' ? true : 'everything',
  });
  const terminal = way === 'dev' ? openTerminal(project, './dev') : openTerminal(project, 'make', ['dev']);
  await waitUntil(() => project.status('backend').state === 'ready');
  await terminal.see(/Ctrl\+C/);
  return { project, port, terminal };
}

async function twoServices(): Promise<Record<string, string>> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  return configFile({ backend: server('backend', port), frontend: server('frontend', pagePort) });
}
