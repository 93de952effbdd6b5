import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { projectWith, start, subreapersOf } from './fault-project.ts';

/** What a bring-up acquires before its command runs. */
function heldBy(project: Project, port: number) {
  const registry = join(userEnvironment().XDG_RUNTIME_DIR ?? '', 'devgen/ports');
  return {
    subreapers: subreapersOf(project).length,
    runs: readdirSync(join(project.root, 'logs/.devgen/runs')),
    reservations: readdirSync(registry).filter((name) => name === `${port}.json`),
  };
}

test.each([
  ['loop', 'ELOOP', (root: string) => symlinkSync('loop', join(root, 'loop'))],
  ['devgen.config.yaml/sub', 'ENOTDIR', () => undefined],
  ['nowhere', 'does not exist', () => undefined],
] as const)('a start whose folder is %s says so and leaves nothing behind', async (cwd, said, prepare) => {
  const [port, otherPort] = [await reservePort(), await reservePort()];
  const broken = { command: 'node programs/server.mjs', port, cwd: 'work' };
  const other = { command: 'node programs/server.mjs --name other', port: otherPort };
  const project = await projectWith({ broken, other });
  await start(project, 'other');
  const before = { ...heldBy(project, port), runs: ['other.json'] };
  prepare(project.root);
  mkdirSync(join(project.root, 'work'), { recursive: true });
  project.write('devgen.config.yaml', project.read('devgen.config.yaml').replace('"work"', JSON.stringify(cwd)));

  const started = await project.dev(['start', 'broken']);

  expect(started, started.stderr).toMatchObject({ code: 1 });
  expect(started.stderr).toContain(said);
  await waitUntil(() => {
    const { runs, ...rest } = heldBy(project, port);
    expect({ ...rest, runs: runs.filter((name) => name.endsWith('.json')) }).toEqual(before);
    return runs.filter((name) => name.endsWith('.fifo')).length === 1;
  });
});
