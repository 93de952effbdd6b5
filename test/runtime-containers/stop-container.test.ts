import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listContainers } from '../../src/runtime/containers/list-containers.ts';
import { stopContainer } from '../../src/runtime/containers/stop-container.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const ID = 'c'.repeat(64);
const SILENT = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';

/** Where `docker` is a script of these words. */
function engineThat(says: string) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${says}\n`);
  chmodSync(join(folder, 'docker'), 0o755);
  return { cwd: folder, environment: { PATH: `${folder}:/usr/bin:/bin` } };
}

test('a container of which its engine does not tell may run on, so it counts as left', async () => {
  const run = { engine: 'docker', id: ID, begun: [{ id: ID, startedAt: '2026-01-01T00:00:00Z' }] } as const;
  expect(await stopContainer({ run, context: engineThat(SILENT), graceMs: 0 })).toEqual([
    { pid: 0, command: 'container cccccccccccc, of which docker does not tell' },
  ]);
  const gone = engineThat('echo "Error: No such container" >&2; exit 1');
  expect(await stopContainer({ run, context: gone, graceMs: 0 })).toEqual([]);
});

test('containers that an engine names and does not describe are not taken for none', async () => {
  const context = engineThat(`case "$*" in *ps*) echo ${ID};; *) ${SILENT};; esac`);
  const program = { words: ['docker', 'compose'], engine: 'docker' } as const;
  expect(await listContainers(program, { kind: 'container', files: [], service: 'db' }, context)).toMatchObject({
    ok: false,
    error: { reason: 'engine-down' },
  });
});
