import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { openDriver } from '../rig/driver.ts';
import { reservePort } from '../rig/ports.ts';
import { replaceRuntime } from '../rig/replace-runtime.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, pidOf, projectWith, start, supervisorsOf } from './fault-project.ts';

/** `./dev` on a terminal, with its service ready. */
async function attached() {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  const terminal = openTerminal(project, './dev');
  await terminal.see('q or Ctrl+C stop');
  return { project, port, terminal };
}

test('an attached view whose runtime was replaced yields to the new one, and says what goes on', async () => {
  const { project, port, terminal } = await attached();
  const pid = pidOf(project, 'web');
  replaceRuntime(project);

  await start(project);

  const supervisor = project.status('web').supervisor?.pid;
  expect(await terminal.exited).toBe(0);
  expect(terminal.shown()).toContain("the project's devgen was replaced by another version while this command ran");
  expect(terminal.shown()).toContain('`./dev` comes back with the new one');
  expect(terminal.shown()).toContain('left running: web; `./dev stop` stops them');
  expect(project.status('web')).toMatchObject({ state: 'ready', pid, supervisor: { pid: supervisor } });
  expect(supervisorsOf(project)).toHaveLength(1);
  const back = openTerminal(project, './dev');
  await back.see('started elsewhere');
  back.press(CTRL_C);
  expect(await back.exited).toBe(0);
  await expectCleanStop(project, port);
});

test('an attached view whose runtime was replaced stops what it started while its own supervisor is there', async () => {
  const { project, terminal } = await attached();
  replaceRuntime(project);

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(0);
  await waitUntil(() => project.processes().length === 0, 5000);
});

test('a start that is under way when the runtime is replaced yields, too', async () => {
  const port = await reservePort();
  const driver = await openDriver();
  const project = await projectWith({ web: server('web', port, driver.options) });
  const earlier = project.dev(['start', 'web']);
  const web = await driver.next();
  replaceRuntime(project);
  const later = project.dev(['start', 'web']);

  const { code, stderr } = await earlier;
  await web.tell('listen');

  expect(code).toBe(1);
  expect(stderr).toContain("error: the project's devgen was replaced by another version while this command ran");
  expect(stderr).toContain('hint: What runs goes on; the same command again is of the new version.');
  expect(await later).toMatchObject({ code: 0 });
  expect(pidOf(project, 'web')).toBe(web.pid);
  expect(await project.dev(['start', 'web'])).toMatchObject({ code: 0 });
  await expectCleanStop(project, port);
});

const SAID = 'the supervisor is of another version of devgen: this one takes its place, the services go on\n';

test('a command of another version says that its supervisor takes over, once, and the services go on', async () => {
  const port = await reservePort();
  const project = await projectWith({ web: server('web', port) });
  await start(project);
  const pid = pidOf(project, 'web');
  const [before] = supervisorsOf(project);
  replaceRuntime(project);

  const started = await project.dev(['start']);
  const again = await project.dev(['start']);

  expect(started).toMatchObject({ code: 0 });
  expect(started.stderr.split(SAID)).toHaveLength(2);
  expect(again.stderr).not.toContain(SAID);
  expect(pidOf(project, 'web')).toBe(pid);
  expect(supervisorsOf(project)[0]?.pid).not.toBe(before?.pid);
  await expectCleanStop(project, port);
});
