import { describe, expect, it } from 'vitest';
import { runGraph, type TaskEnd } from '../../src/runtime/tasks/run-graph.ts';
import { tasksFor, tasksOnTerminal } from '../../src/runtime/tasks/task-graph.ts';
import { taskPlan } from './tasks.ts';

/** all → lint, types; types → codegen; no task needs lone. */
const TASKS = [
  taskPlan('all', { deps: ['lint', 'types'] }),
  taskPlan('lint'),
  taskPlan('types', { deps: ['codegen'] }),
  taskPlan('codegen'),
  taskPlan('lone'),
];

describe('order', () => {
  it('puts each task once, after what it depends on, and leaves out the rest', () => {
    expect(tasksFor(TASKS, 'all').map(({ name }) => name)).toEqual(['lint', 'codegen', 'types', 'all']);
    expect(tasksFor(TASKS, 'missing')).toEqual([]);
  });

  it('gives the terminal to tasks that never run beside another one', () => {
    expect([...tasksOnTerminal(tasksFor(TASKS, 'all'))]).toEqual(['all']);
    expect([...tasksOnTerminal(tasksFor(TASKS, 'types'))]).toEqual(['codegen', 'types']);
    const both = [taskPlan('one'), taskPlan('two', { run: null, deps: ['one'] })];
    expect([...tasksOnTerminal(tasksFor(both, 'two'))]).toEqual(['one']);
  });
});

describe('running', () => {
  /** What began and ended, in order; a task ends as soon as the test says so. */
  function stage() {
    const told: string[] = [];
    const ends = new Map<string, (end: TaskEnd) => void>();
    const aborting = new AbortController();
    const perform = (task: { readonly name: string }, dependencies: string) => {
      told.push(dependencies === 'ran' ? `${task.name} anew` : task.name);
      return new Promise<TaskEnd>((resolve) => ends.set(task.name, resolve));
    };
    return {
      told,
      aborting,
      result: runGraph(tasksFor(TASKS, 'all'), perform, aborting.signal),
      async end(name: string, end: TaskEnd = { kind: 'done' }) {
        ends.get(name)?.(end);
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }

  it('begins independent tasks at once, and each other one when all before it are done', async () => {
    const { told, end, result } = stage();
    await end('none');
    expect(told).toEqual(['lint', 'codegen']);
    await end('codegen', { kind: 'skipped' });
    expect(told).toEqual(['lint', 'codegen', 'types']);
    await end('types');
    expect(told).not.toContain('all');
    await end('lint');
    expect(told).toContain('all anew');
    await end('all');
    expect([...(await result).values()].map(({ kind }) => kind)).toEqual(['done', 'skipped', 'done', 'done']);
  });

  it('begins nothing new after a failure, but lets the others end', async () => {
    const { told, end, result } = stage();
    await end('none');
    await end('lint', { kind: 'failed', code: 3 });
    await end('codegen');
    expect(told).toEqual(['lint', 'codegen']);
    expect(Object.fromEntries(await result)).toEqual({
      lint: { kind: 'failed', code: 3 },
      codegen: { kind: 'done' },
      types: { kind: 'not-begun' },
      all: { kind: 'not-begun' },
    });
  });

  it('begins nothing new after an abort', async () => {
    const { end, result, aborting } = stage();
    await end('none');
    aborting.abort();
    await end('lint');
    await end('codegen');
    expect((await result).get('types')).toEqual({ kind: 'not-begun' });
  });
});
