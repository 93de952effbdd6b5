import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TaskPlan } from '../../src/plan/plan.ts';
import { runTask, type TaskNews } from '../../src/runtime/tasks/run-task.ts';
import { taskCommand } from '../../src/runtime/tasks/task-command.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { taskPlan } from './tasks.ts';

function project() {
  const root = temporaryFolder();
  mkdirSync(join(root, 'src'));
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  write('src/a.ts', 'one');
  return {
    write,
    remove: (file: string) => rmSync(join(root, file)),
    async run(task: TaskPlan, { args = [] as string[], when = 'needed' as 'needed' | 'always' } = {}) {
      const lines: string[] = [];
      const news: TaskNews[] = [];
      const end = await runTask({
        root,
        task,
        args,
        when,
        prepare: async () => ({ exported: { PATH: process.env.PATH ?? '', WHO: 'you' }, named: {} }),
        during: (execution) => execution(),
        output: { kind: 'lines', onLine: (line) => lines.push(line) },
        onNews: (each) => news.push(each),
        signal: new AbortController().signal,
      });
      return { end, lines, news };
    },
  };
}

const BUILD = taskPlan('build', { run: 'cp src/a.ts out.txt', inputs: ['src/**'], outputs: ['out.txt'] });
const SKIPPED = { end: { kind: 'skipped' }, lines: [], news: [{ kind: 'skipped' }] };

it('a task is skipped while its inputs are as they were when it last succeeded and its outputs are there', async () => {
  const { run, write, remove } = project();
  expect((await run(BUILD)).end).toEqual({ kind: 'done' });
  expect(await run(BUILD)).toEqual(SKIPPED);
  write('src/a.ts', 'one'); // The same again: contents count, not times.
  expect(await run(BUILD)).toEqual(SKIPPED);
  remove('out.txt');
  expect((await run(BUILD)).end).toEqual({ kind: 'done' });
  write('src/a.ts', 'two');
  expect((await run(BUILD)).end).toEqual({ kind: 'done' });
  write('src/b.ts', 'new');
  expect((await run(BUILD)).end).toEqual({ kind: 'done' });
  expect(await run(BUILD)).toEqual(SKIPPED);
});

it('other arguments, another command and --force run it again', async () => {
  const { run } = project();
  await run(BUILD);
  expect((await run(BUILD, { when: 'always' })).end).toEqual({ kind: 'done' });
  expect((await run({ ...BUILD, run: 'cp -f src/a.ts out.txt' })).end).toEqual({ kind: 'done' });
  expect((await run(taskPlan('echo', { run: 'echo', inputs: ['src'] }), { args: ['x'] })).lines).toEqual(['x']);
  expect((await run(taskPlan('echo', { run: 'echo', inputs: ['src'] }), { args: ['y'] })).lines).toEqual(['y']);
});

it('a task that failed runs again, as does one whose inputs are no files', async () => {
  const { run } = project();
  const failing = taskPlan('failing', { run: 'exit 4', inputs: ['src/**'] });
  const failed = {
    end: { kind: 'failed', code: 4 },
    lines: [],
    news: [
      { kind: 'running', command: 'exit 4' },
      { kind: 'failed', code: 4, signal: null },
    ],
  };
  expect(await run(failing)).toEqual(failed);
  expect(await run(failing)).toEqual(failed);
  const nothing = taskPlan('nothing', { run: 'true', inputs: ['lib/**'] });
  expect((await run(nothing)).end).toEqual({ kind: 'done' });
  expect((await run(nothing)).end).toEqual({ kind: 'done' });
});

it('a signal gives 128 and its number, a missing program 127, a missing folder a word of its own', async () => {
  const { run } = project();
  expect((await run(taskPlan('killed', { run: 'kill -TERM $$; sleep 5' }))).end).toEqual({ kind: 'failed', code: 143 });
  const missing = await run(taskPlan('missing', { run: 'no-such-program --version' }));
  expect(missing.end).toEqual({ kind: 'failed', code: 127 });
  expect(missing.news.map(({ kind }) => kind)).toEqual(['running', 'not-started']);
  const elsewhere = await run(taskPlan('elsewhere', { cwd: 'nowhere' }));
  expect(elsewhere).toEqual({
    end: { kind: 'failed', code: 1 },
    lines: [],
    news: [{ kind: 'cwd-missing', cwd: 'nowhere' }],
  });
});

it('lines come whole, from both streams, the last one without its end too', async () => {
  const { run } = project();
  const { lines } = await run(
    taskPlan('talk', { run: 'printf "one\\r\\ntw"; sleep 0.1; printf "o\\nthree" ; echo four >&2' }),
  );
  expect([...lines].sort()).toEqual(['four', 'one', 'three', 'two']);
});

it('arguments stay one word each, in a shell and without one', () => {
  const args = ['a b', "it's", '$HOME', '-k'];
  const environment = { exported: {}, named: {} };
  const direct = { kind: 'direct', file: 'pytest', args: ['-q', ...args] };
  expect(taskCommand('pytest -q', args, environment)).toEqual({ command: direct, environment: {} });
  const shell = { kind: 'shell', text: `cd x && pytest 'a b' 'it'\\''s' '$HOME' -k` };
  expect(taskCommand('cd x && pytest', args, environment)).toEqual({ command: shell, environment: {} });
});
