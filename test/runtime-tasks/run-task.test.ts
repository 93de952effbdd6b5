import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TaskPlan } from '../../src/plan/plan.ts';
import { runCommand } from '../../src/platform/run-command.ts';
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
    root,
    async run(task: TaskPlan, { args = [] as string[], when = 'needed' as 'needed' | 'always', variables = {} } = {}) {
      const environment = { exported: { PATH: process.env.PATH ?? '', ...variables }, named: {} };
      const lines: string[] = [];
      const news: TaskNews[] = [];
      const end = await runTask({
        root,
        task,
        args,
        when,
        environment,
        prepare: async () => environment,
        execute: runCommand,
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

it('what its variables hold, and another version of its program, run it again', async () => {
  const { run, write, root } = project();
  write('tool', '#!/bin/sh\ncat src/a.ts\n');
  chmodSync(join(root, 'tool'), 0o755);
  const task = taskPlan('build', { run: './tool $MODE', inputs: ['src/**'], env: { TARGET: '$STAGE' } });
  const variables = { MODE: 'dev', TARGET: 'one', UNRELATED: '1' };
  await run(task, { variables });
  expect(await run(task, { variables: { ...variables, UNRELATED: '2' } })).toEqual(SKIPPED);
  expect((await run(task, { variables: { ...variables, MODE: 'production' } })).end).toEqual({ kind: 'done' });
  expect((await run(task, { variables })).end).toEqual({ kind: 'done' });
  expect((await run(task, { variables: { ...variables, TARGET: 'two' } })).end).toEqual({ kind: 'done' });
  write('tool', '#!/bin/sh\ncat src/a.ts; # 2\n');
  expect((await run(task, { variables: { ...variables, TARGET: 'two' } })).end).toEqual({ kind: 'done' });
  expect(await run(task, { variables: { ...variables, TARGET: 'two' } })).toEqual(SKIPPED);
});

it('an input of which it cannot be said whether it changed is an error', async () => {
  const { run, root } = project();
  writeFileSync(Buffer.concat([Buffer.from(`${root}/src/caf`), Buffer.from([0xe9])]), '');
  const { end, news } = await run(taskPlan('build', { run: 'true', inputs: ['src/**'] }));
  expect(end).toEqual({ kind: 'failed', code: 1 });
  expect(news).toEqual([{ kind: 'input-unreadable', file: 'src/caf\uFFFD', code: 'EILSEQ' }]);
  expect((await run(taskPlan('build', { run: 'true', inputs: ['src/**', '!src/caf*'] }))).end.kind).toBe('done');
});

it('a pipe among the inputs is not waited for, and a file of more than two gibibytes is read in pieces', async () => {
  const { run, root } = project();
  execFileSync('mkfifo', [join(root, 'src/pipe')]);
  writeFileSync(join(root, 'src/large.bin'), '');
  truncateSync(join(root, 'src/large.bin'), 2 ** 31 + 1); // Sparse: it takes no space.
  expect((await run(BUILD)).end).toEqual({ kind: 'done' });
}, 60_000);

it('a task without a command counts as skipped, unless something that it depends on ran', async () => {
  const { run } = project();
  const all = taskPlan('all', { run: null, deps: ['build'] });
  expect((await run(all)).end).toEqual({ kind: 'skipped' });
  expect((await run(all, { when: 'always' })).end).toEqual({ kind: 'done' });
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

it.each([
  ['echo hi # all of them', 'echo hi'],
  ['cd x\npytest # fast\n# and more\n', 'cd x\npytest'],
  ["cd x; grep '# a' \\# b#c", "cd x; grep '# a' \\# b#c"],
  ['cd x; echo "it\'s # no comment"', 'cd x; echo "it\'s # no comment"'],
  ['cd x; echo "$(echo "a # b")"', 'cd x; echo "$(echo "a # b")"'],
])('arguments go before a comment that ends the command line: %j', (line, before) => {
  const { command } = taskCommand(line, ['-k', 'a b'], { exported: {}, named: {} });
  const text = command.kind === 'shell' ? command.text : [command.file, ...command.args].join(' ');
  expect(text).toBe(command.kind === 'shell' ? `${before} -k 'a b'` : `${before} -k a b`);
});
