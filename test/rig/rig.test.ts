import { expect, test } from 'vitest';
import { createProject } from './project.ts';
import { run } from './run.ts';
import { CTRL_C, openTerminal } from './terminal.ts';
import { waitUntil } from './wait-until.ts';

test('the test terminal is a terminal, and Ctrl+C reaches what runs on it', async () => {
  const project = await createProject();
  const terminal = openTerminal(project, 'sh', [
    '-c',
    'trap "echo interrupted; exit 5" INT; test -t 0 && test -t 1 && echo ready; while :; do sleep 0.1; done',
  ]);
  await terminal.see('ready');

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(5);
  expect(terminal.shown()).toContain('interrupted');
});

test('closing the test terminal hangs up what runs on it', async () => {
  const project = await createProject();
  const terminal = openTerminal(project, 'sh', [
    '-c',
    'trap "echo yes > hung-up; exit" HUP; echo ready; while :; do sleep 0.1; done',
  ]);
  await terminal.see('ready');

  terminal.close();

  await waitUntil(() => project.read('hung-up') === 'yes\n');
});

test('a command that leaves its output open is noticed', async () => {
  const project = await createProject();
  const { root: cwd, environment } = project;

  await expect(run('sh', ['-c', 'sleep 100 &'], { cwd, environment })).rejects.toThrow('holds its output');

  for (const { pid } of project.processes()) process.kill(pid, 'SIGKILL');
});
