import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject } from '../rig/project.ts';
import { openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

/** What the terminal is told when it is given back: its own page, cursor, mouse and way to paste. */
const GIVEN_BACK = '\u001b[?2004l\u001b[?1006l\u001b[?1000l\u001b[?7h\u001b[?25h\u001b[?1049l';

test('top shows services and logs, restarts by a key, outlives the supervisor, and gives the terminal back', async () => {
  const port = await reservePort();
  const project = await createProject({ generated: true, files: configFile({ backend: server('backend', port) }) });
  await project.dev(['start']);
  const { pid, supervisor } = project.status('backend');
  const script = 'set -m; stty -g; ./dev top; echo "stopped with $?"; stty -g; fg; echo "left with $?"; stty -g';
  const terminal = openTerminal(project, 'bash', ['-c', script]);
  await terminal.see('all logs');
  await terminal.see(`listening on ${port}`);

  terminal.press('1');
  await terminal.see(`backend ready · http://localhost:${port}`);
  terminal.press('r');
  await terminal.see('restart backend: done');
  expect(project.status('backend').pid).not.toBe(pid);
  if (supervisor !== null) killQuietly(supervisor.pid);
  await terminal.see('no supervisor watches it');

  terminal.press('\u001a');
  await terminal.see('stopped with 148');
  const drawn = () => terminal.raw().split('\u001b[?1049h').length - 1;
  await waitUntil(() => drawn() === 2);
  terminal.press('q');
  await terminal.see('left with 0');
  expect(await terminal.exited).toBe(0);
  expect(terminal.raw().split(GIVEN_BACK)).toHaveLength(3);
  const modes = terminal.raw().match(/^[0-9a-f]+(?::[0-9a-f]+){5,}/gm);
  expect(modes).toHaveLength(3);
  expect(new Set(modes).size, 'modes of the terminal').toBe(1);
  expect(project.status('backend')).toMatchObject({ state: 'ready' });

  expect(await project.dev(['top'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'error: `top` draws on a terminal and reads its keys, and there is none\n' +
      '  hint: `status` says what runs, `logs -f` prints what is written.\n',
  });
});
