import { expect, test } from 'vitest';
import { ask, isPortFree } from '../rig/ask.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { createProject, type Project, statusFile } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('--fg runs a service on the terminal; status, url and stop know of it', async () => {
  const { project, port } = await create();
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see(`backend: listening on ${port}`);
  await waitUntil(() => project.status('backend').state === 'ready');

  expect(terminal.shown()).toContain(`backend: on this terminal, http://localhost:${port}; Ctrl+C goes to it`);
  // The status for other programs comes a moment later.
  await waitUntil(
    () => JSON.parse(project.read('logs/backend_status.json')).command === server('backend', port).command,
  );
  const [listener] = project.processes().filter(({ command }) => /^node programs\/server.mjs/.test(command));
  await waitUntil(() => project.status('backend').pid === listener?.pid);
  expect((await project.dev(['status', 'backend'])).stdout).toMatch(
    new RegExp(`backend +ready +http://localhost:${port}`),
  );
  expect(await project.dev(['start', 'backend'])).toMatchObject({ code: 0 });
  expect((await ask(`http://localhost:${port}`)).PORT).toBe(String(port));
  expect(await project.dev(['stop', 'backend'])).toMatchObject({ code: 0 });

  expect(await terminal.exited).toBe(143);
  expect(await isPortFree(port)).toBe(true);
  await waitUntil(() => project.processes().length === 0);
});

test('Ctrl+C and keys go to the service on the terminal, and its exit code is the answer', async () => {
  const { project } = await create({
    command: 'sh -c \'trap "echo caught" INT; echo asking; read word; echo got $word; exit 6\'',
    health: { command: 'true' },
  });
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see('asking');

  terminal.press(CTRL_C);
  await terminal.see('caught');
  terminal.press('word\n'); // Unless the signal has ended the waiting already: shells differ.

  expect(await terminal.exited).toBe(6);
  expect(project.status('backend')).toMatchObject({ state: 'down', pid: null });
  await waitUntil(() => project.processes().length === 0);
});

test('what it depends on is started first, and stopped again', async () => {
  const { project, port } = await create();
  const terminal = openTerminal(project, './dev', ['frontend', '--fg']);
  await terminal.see('frontend: listening');

  const answer = await ask(project.status('frontend').url ?? '');
  expect(answer).toMatchObject({ server: 'frontend', BACKEND_URL: `http://localhost:${port}` });
  expect(project.status('backend').state).toBe('ready');
  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(130);
  expect(project.status('backend').state).toBe('down');
  await waitUntil(() => project.processes().length === 0);
});

test('it takes another port when its own is taken, and says so', async () => {
  const { project, port } = await create();
  const stranger = await startStranger(port);
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see(`backend: listening on ${port + 1}`);

  expect(terminal.shown()).toMatch(new RegExp(`port ${port} is taken by .* using ${port + 1} instead`));
  expect(stranger.isAlive()).toBe(true);
  terminal.press(CTRL_C);
  await terminal.exited;
});

test('one that runs already is left alone, and with --force stopped first', async () => {
  const { project } = await create();
  await project.dev(['start', 'backend']);
  const { pid } = project.status('backend');

  expect(await project.dev(['backend', '--fg'])).toMatchObject({
    code: 1,
    stderr: `error: \`backend\` runs already (pid ${pid})\n  hint: \`./dev backend --fg --force\` stops it first.\n`,
  });
  const terminal = openTerminal(project, './dev', ['backend', '--fg', '--force']);
  await terminal.see('backend: listening');
  expect(isLiving(pid ?? 0)).toBe(false);
  terminal.press(CTRL_C);
  expect(await terminal.exited).toBe(130);
});

test('what goes before has the terminal, too', async () => {
  const { project } = await create({ before: 'echo asking; read word; echo got $word $PORT' });
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see('asking');

  terminal.press('word\n');

  await terminal.see(/got word \d+/);
  await terminal.see('backend: listening');
  terminal.press(CTRL_C);
  expect(await terminal.exited).toBe(130);
});

test('when it cannot be started it says why', async () => {
  const { project } = await create({ before: 'exit 4' });

  const failed = await project.dev(['backend', '--fg']);

  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect(failed.stderr).toContain('backend: not started: `exit 4` ended with exit code 4');
});

test('a service that depends on one on a terminal is started against it', async () => {
  const { project, port } = await create();
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see('backend: listening');

  expect(await project.dev(['start', 'frontend'])).toMatchObject({ code: 0 });

  const answer = await ask(project.status('frontend').url ?? '');
  expect(answer).toMatchObject({ server: 'frontend', BACKEND_URL: `http://localhost:${port}` });
  terminal.press(CTRL_C);
  expect(await terminal.exited).toBe(130);
  expect(project.status('frontend').state).toBe('ready');
});

test('a stop while the terminal is busy with what goes before starts nothing any more', async () => {
  const { project } = await create({ before: 'echo asking; read word' });
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see('asking');

  expect(await project.dev(['stop', 'backend'])).toMatchObject({ code: 0 });

  expect(await terminal.exited).not.toBe(0);
  expect(terminal.shown()).not.toContain('listening');
  expect(project.status('backend')).toMatchObject({ state: 'down', pid: null });
});

test('when its command is killed, how the service ends is not made up, and nothing starts it again', async () => {
  const { project } = await create();
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await waitUntil(() => project.status('backend').state === 'ready');

  // The terminal hangs up on the service, too.
  for (const each of project.processes()) if (each.command.endsWith('backend --fg')) killQuietly(each.pid);
  await terminal.exited;

  await waitUntil(() => project.status('backend').state === 'failed');
  const { lastExit, restarts } = JSON.parse(project.read(statusFile('backend')));
  expect({ lastExit, restarts }).toMatchObject({ lastExit: { code: null, signal: null }, restarts: 0 });
});

test('closing the terminal ends it', async () => {
  const { project } = await create();
  const terminal = openTerminal(project, './dev', ['backend', '--fg']);
  await terminal.see('backend: listening');

  terminal.close();

  expect(await terminal.exited).toBe(129);
  await waitUntil(() => project.processes().length === 0);
});

async function create(backend: Readonly<Record<string, unknown>> = {}): Promise<{ project: Project; port: number }> {
  const [port, pagePort] = [await reservePort(), await reservePort()];
  const services = {
    backend: { ...server('backend', port), ...backend },
    frontend: { ...server('frontend', pagePort), dependsOn: ['backend'] },
  };
  const project = await createProject({ files: configFile(services), generated: true });
  return { project, port };
}
