import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listContainers } from '../../src/runtime/containers/list-containers.ts';
import { stopContainer } from '../../src/runtime/containers/stop-container.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const ID = 'c'.repeat(64);
const PLAN = { kind: 'container', files: [], service: 'db' } as const;
const SILENT = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';

/** Where `docker` is a script of these words. */
function engineThat(says: string) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${says}\n`);
  chmodSync(join(folder, 'docker'), 0o755);
  return { cwd: folder, environment: { PATH: `${folder}:/usr/bin:/bin` } };
}

test('a container of which its engine does not tell may run on, so it counts as left', async () => {
  const begun = [{ id: ID, startedAt: '2026-01-01T00:00:00Z' }];
  const run = { state: 'up', engine: 'docker', id: ID, begun } as const;
  expect(await stopContainer({ run, plan: PLAN, context: engineThat(SILENT), graceMs: 0 })).toEqual([
    { pid: 0, command: 'container cccccccccccc, of which docker does not tell' },
  ]);
  const gone = engineThat('echo "Error: No such container" >&2; exit 1');
  expect(await stopContainer({ run, plan: PLAN, context: gone, graceMs: 0 })).toEqual([]);
});

test('containers that an engine names and does not describe are not taken for none', async () => {
  const context = engineThat(`case "$*" in *ps*) echo ${ID};; *) ${SILENT};; esac`);
  const program = { words: ['docker', 'compose'], engine: 'docker' } as const;
  expect(await listContainers(program, PLAN, context)).toMatchObject({
    ok: false,
    error: { reason: 'engine-down' },
  });
});

/** An engine with these containers, as `ID STARTED-AT`, in which each lives until it is stopped. */
function engineWith(...containers: readonly (readonly [string, string])[]) {
  const states = containers.map(([id, StartedAt]) => {
    const state = { Status: 'running', Pid: 7, ExitCode: 0, StartedAt };
    return `echo '${JSON.stringify({ id, name: `/${id.slice(0, 1)}`, image: 'x', state, restarts: 0 })}'`;
  });
  const list = containers.map(([id]) => `echo ${id}`);
  const inspect = containers.map(
    ([id], index) => `case "$*" in *${id}*) test -e ${id.slice(0, 1)} || ${states[index]};; esac`,
  );
  const [listed, inspected] = [list.join('; '), inspect.join('; ')];
  const stopped = 'for id; do :; done; touch "$(printf %.1s "$id")"';
  return engineThat(`case "$*" in *ps*) ${listed};; inspect*) ${inspected};; stop*) ${stopped};; *) true;; esac`);
}

test('of what runs when compose was interrupted only that is stopped which began while it was at work', async () => {
  const [before, began, later] = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
  const now = Date.now();
  const at = (ms: number): string => new Date(now + ms).toISOString();
  const context = engineWith([before ?? '', at(-10)], [began ?? '', at(-5)], [later ?? '', at(3_600_000)]);
  const log = join(context.cwd, 'db.log');
  writeFileSync(log, 'Container b Starting\n');
  const run = { state: 'coming', before: [before ?? ''], log } as const;

  expect(await stopContainer({ run, plan: PLAN, context, graceMs: 1000 })).toEqual([]);

  expect(['a', 'b', 'c'].filter((name) => existsSync(join(context.cwd, name)))).toEqual(['b']);
});

test('what an interrupted compose began counts as left for as long as compose does not tell', async () => {
  const run = { state: 'coming', before: [], log: 'db.log' } as const;
  const left = await stopContainer({ run, plan: PLAN, context: engineThat('exit 1'), graceMs: 0 });
  expect(left).toEqual([{ pid: 0, command: 'what compose may have begun for `db`, of which it does not tell' }]);
});
