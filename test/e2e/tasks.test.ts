import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { normalise } from '../rig/normalise.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

type Tasks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const ENDLESS = 'while :; do sleep 0.1; done';

test('a task gives its own exit code, and has stdin, stdout, stderr and its arguments', async () => {
  const { project } = await create({
    copy: { run: 'cat; echo heard >&2; exit 7' },
    say: { run: 'printf "<%s>"' },
  });

  const copied = await project.dev(['run', 'copy'], { input: 'typed' });
  expect(copied).toMatchObject({ code: 7, stdout: 'typed', stderr: 'heard\ncopy: ended with exit code 7\n' });
  expect(await project.dev(['say', '--', 'a b', '--force', '$X'])).toMatchObject({
    code: 0,
    stdout: '<a b><--force><$X>',
    stderr: '',
  });
  await project.devgen(['generate']);
  expect(await project.make(['say', 'ARGS=one'])).toMatchObject({ code: 0, stdout: '<one>' });
});

test('arguments for a task that runs nothing itself are refused', async () => {
  const { project } = await create({ all: { deps: ['one'] }, one: { run: 'echo one' } });

  expect(await project.dev(['run', 'all', '--', '-k', 'x'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'error: `all` has no `run` of its own, so nothing takes `-k x`\n' +
      '  hint: Hand it to one of the tasks that it depends on.\n',
  });
});

test('a task that a signal ended gives 128 and its number', async () => {
  const { project } = await create({ suicide: { run: 'kill -KILL $$' } });

  expect(await project.dev(['suicide'])).toMatchObject({ code: 137, stderr: 'suicide: ended by signal SIGKILL\n' });
});

test('what a task depends on runs first, independent ones at the same time with their names before their lines', async () => {
  const { project } = await create({
    all: { run: 'echo all', deps: ['one', 'other'] },
    one: { run: 'touch one; while ! test -e other; do sleep 0.05; done; echo together' },
    other: { run: 'touch other; while ! test -e one; do sleep 0.05; done; echo together >&2' },
  });

  const { code, stdout, stderr } = await project.dev(['all']);

  expect(code).toBe(0);
  expect(stdout.split('\n').sort()).toEqual(['', 'all', 'one   | together', 'other | together']);
  expect(stderr).toContain('all: running `echo all`\n');
});

test('when one fails nothing new begins, and its exit code is the answer', async () => {
  const { project } = await create({
    all: { run: 'echo never', deps: ['bad'] },
    bad: { run: 'exit 5' },
  });

  const { code, stdout } = await project.dev(['run', 'all']);
  expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
});

test('the services that a task needs are started and awaited, and stopped again', async () => {
  const { project, port } = await create({ e2e: { run: 'echo $BACKEND_URL; exit 6', needs: ['backend'] } });

  const finished = await project.dev(['run', 'e2e']);

  expect(finished).toMatchObject({ code: 6, stdout: `http://localhost:${port}\n` });
  expect(normalise(finished.stderr, project, { PORT: port })).toBe(
    'backend: starting `node programs/server.mjs --name backend` (pid N, http://localhost:PORT, log logs/backend.log)\n' +
      'backend: ready at http://localhost:PORT (pid N, T)\n' +
      'e2e: ended with exit code 6\n' +
      'stopping backend; Ctrl+C again kills\n' +
      'backend: stopping: SIGTERM to pid N, SIGKILL after T\n' +
      'backend: stopped (T)\n',
  );
  expect(project.status('backend').state).toBe('down');
  await waitUntil(() => project.processes().length === 0);
});

test('a service that ran before goes on, with the port that it has', async () => {
  const { project } = await create({ e2e: { run: 'echo $BACKEND_PORT', needs: ['backend'] } });
  const other = await reservePort();
  await project.dev(['start', 'backend', '--port', String(other)]);
  const { pid } = project.status('backend');

  expect(await project.dev(['run', 'e2e'])).toMatchObject({ code: 0, stdout: `${other}\n` });
  expect(project.status('backend')).toMatchObject({ state: 'ready', pid });
});

test('of two tasks that need the same service the last one stops it', async () => {
  const task = (name: string) => ({
    run: `touch ${name}; while [ ! -e ${name}-may-end ]; do sleep 0.05; done`,
    needs: ['backend'],
  });
  const { project } = await create({ one: task('first'), two: task('second') });
  const one = project.dev(['run', 'one']);
  await waitUntil(() => existsSync(join(project.root, 'first')));
  const two = project.dev(['run', 'two']);
  await waitUntil(() => existsSync(join(project.root, 'second')));

  project.write('first-may-end', '');
  const first = await one;

  expect(first).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('backend: left running, because another task needs it\n'),
  });
  expect(project.status('backend')).toMatchObject({ state: 'ready' });
  project.write('second-may-end', '');
  expect(await two).toMatchObject({ code: 0, stderr: expect.stringContaining('backend: stopped (') });
  expect(project.status('backend')).toMatchObject({ state: 'down' });
});

test('what becomes of a service that another command stops, starts or ends by force meanwhile is told as it is', async () => {
  const { project } = await create({
    stopped: { run: './dev stop backend >stopped.txt 2>&1', needs: ['backend'] },
    started: { run: './dev start backend >started.txt 2>&1', needs: ['backend'] },
    nuked: { run: './dev nuke --yes >nuked.txt 2>&1; touch nuked', needs: ['backend'] },
  });
  const told = async (task: string) => {
    const { code, stderr } = await project.dev(['run', task]);
    return { code, last: stderr.trimEnd().split('\n').at(-1) };
  };

  expect(await told('stopped')).toEqual({ code: 0, last: 'stopping backend; Ctrl+C again kills' });
  expect(await told('nuked')).toEqual({ code: 0, last: 'stopping backend; Ctrl+C again kills' });
  await waitUntil(() => project.processes().length === 0); // The one that looked after the task leaves by itself.
  expect(await told('started')).toEqual({
    code: 0,
    last: 'backend: left running, because it was started for its own sake meanwhile',
  });
  expect(project.status('backend')).toMatchObject({ state: 'ready' });
});

test('what a killed task was given is stopped, unless a user started it for its own sake', async () => {
  const { project } = await create({ one: { run: `touch begun; ${ENDLESS}`, needs: ['backend'] } });
  const killed = async (before: () => Promise<unknown>) => {
    const running = project.dev(['run', 'one']);
    await waitUntil(() => existsSync(join(project.root, 'begun')));
    await before();
    const { pid } = project.status('backend');
    const victims = project.processes().filter(({ command }) => /front\.cjs|touch begun/.test(command));
    for (const victim of victims) killQuietly(victim.pid);
    await running;
    rmSync(join(project.root, 'begun'));
    return pid;
  };

  await killed(async () => undefined);
  await waitUntil(() => project.status('backend').state === 'down');

  const pid = await killed(() => project.dev(['start', 'backend']));
  await project.dev(['start', 'backend']); // The supervisor has seen the end of the task by then.
  expect(project.status('backend')).toMatchObject({ state: 'ready', pid });
});

test('when a service does not start the task is not run', async () => {
  const { project } = await create(
    { e2e: { run: 'echo never', needs: ['backend'] } },
    { command: 'node programs/server.mjs --exit 4' },
  );

  expect(await project.dev(['e2e'])).toMatchObject({ code: 1, stdout: '' });
  await waitUntil(() => project.processes().length === 0);
});

test('Ctrl+C goes to the task; what was started for it is stopped', async () => {
  const { project } = await create({
    e2e: { run: `trap "echo interrupted; exit 9" INT; echo begun; ${ENDLESS}`, needs: ['backend'] },
  });
  const terminal = openTerminal(project, './dev', ['run', 'e2e']);
  await terminal.see('begun');

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(9);
  expect(terminal.shown()).toContain('interrupted');
  expect(project.status('backend').state).toBe('down');
  await waitUntil(() => project.processes().length === 0);
});

test('Ctrl+C right after a task that went well is for us again, and kills what does not stop', async () => {
  const { project } = await create(
    { e2e: { run: 'echo well', needs: ['backend'] } },
    { command: 'node programs/server.mjs --ignore-term' },
  );
  const terminal = openTerminal(project, './dev', ['run', 'e2e']);
  await terminal.see('backend: stopping');

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(130);
  await waitUntil(() => project.processes().length === 0);
});

test('a task that lives on after Ctrl+C keeps the terminal', async () => {
  const { project } = await create({ shell: { run: 'trap "echo not me" INT; echo begun; read line; echo got $line' } });
  const terminal = openTerminal(project, './dev', ['shell']);
  await terminal.see('begun');

  terminal.press(CTRL_C);
  await terminal.see('not me');
  terminal.press('word\n');

  await terminal.exited;
  expect(terminal.shown()).not.toContain('broken off');
});

test('Ctrl+C ends tasks that run at the same time, and their children', async () => {
  const { project } = await create({
    all: { deps: ['one', 'other'] },
    one: { run: `echo begun; ${ENDLESS}` },
    other: { run: `sh -c 'echo begun; ${ENDLESS}'` },
  });
  const terminal = openTerminal(project, './dev', ['run', 'all']);
  await terminal.see('one   | begun');
  await terminal.see('other | begun');

  terminal.press(CTRL_C);

  expect(await terminal.exited).toBe(130);
  await waitUntil(() => project.processes().length === 0);
});

test('closing the terminal ends the task and stops what was started for it', async () => {
  const { project } = await create({ e2e: { run: `echo begun; ${ENDLESS}`, needs: ['backend'] } });
  const terminal = openTerminal(project, './dev', ['run', 'e2e']);
  await terminal.see('begun');

  terminal.close();

  expect(await terminal.exited).toBe(129);
  await waitUntil(() => project.processes().length === 0);
});

test('SIGTERM ends the task and stops what was started for it', async () => {
  const { project } = await create({ e2e: { run: `touch begun; ${ENDLESS}`, needs: ['backend'] } });
  const running = run(
    'sh',
    ['-c', './dev run e2e & while ! test -e begun; do sleep 0.1; done; kill -TERM $!; wait $!'],
    {
      cwd: project.root,
      environment: project.environment,
    },
  );

  expect(await running).toMatchObject({ code: 143 });
  await waitUntil(() => project.processes().length === 0);
});

test('a task is skipped while its inputs are unchanged', async () => {
  const { project } = await create({
    build: { run: 'cat in.txt > out.txt; echo built', inputs: ['in.txt'], outputs: ['out.txt'] },
  });
  project.write('in.txt', 'one');

  expect(await project.dev(['build'])).toMatchObject({ code: 0, stdout: 'built\n' });
  expect(await project.dev(['build'])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'build: skipped: its inputs are unchanged (`--force` runs it)\n',
  });
  expect(await project.dev(['build', '--force'])).toMatchObject({ stdout: 'built\n' });
  project.write('in.txt', 'two');
  expect(await project.dev(['build'])).toMatchObject({ stdout: 'built\n' });
});

test('tasks are listed, and a name that none has is explained', async () => {
  const { project } = await create({
    test: { run: 'npm test', desc: 'run the tests' },
    e2e: { run: 'npx playwright test', deps: ['test'], needs: ['backend'] },
  });

  expect((await project.dev(['tasks'])).stdout).toBe(
    'test  run the tests\ne2e   `npx playwright test`  after test; with backend\n',
  );
  const { tasks, schemaVersion } = JSON.parse((await project.dev(['tasks', '--json'])).stdout);
  expect({ schemaVersion, names: tasks.map(({ name }: { name: string }) => name) }).toEqual({
    schemaVersion: 1,
    names: ['test', 'e2e'],
  });
  expect(await project.dev(['run', 'tets'])).toMatchObject({
    code: 2,
    stderr: 'error: there is no task `tets`\n  hint: Did you mean `test`?\n',
  });
  expect(await project.dev(['run', 'backend'])).toMatchObject({
    code: 2,
    stderr: 'error: there is no task `backend`\n  hint: `backend` is a service: `./dev backend` starts it.\n',
  });
});

async function create(
  tasks: Tasks,
  backend: Readonly<Record<string, unknown>> = {},
): Promise<{ project: Project; port: number }> {
  const port = await reservePort();
  const project = await createProject({
    files: configFile({ backend: { ...server('backend', port), ...backend } }, { tasks }),
    generated: true,
  });
  return { project, port };
}
