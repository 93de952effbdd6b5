import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startContainer } from '../../src/runtime/containers/start-container.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const ID = 'd'.repeat(64);
const PLAN = { kind: 'container', files: [], service: 'db' } as const;

test.each(['running', 'restarting', 'paused'])('a container that is %s is up, and taken as it is', async (Status) => {
  const folder = temporaryFolder();
  const labels = { 'com.docker.compose.service': 'db' };
  const state = { Status, Pid: 7, ExitCode: 0, StartedAt: '2026-01-01T00:00:00Z' };
  const json = JSON.stringify({ id: ID, name: '/db', image: 'x', state, restarts: 1, labels, ports: {} });
  const says = `echo "$*" >> calls; case "$*" in *ps*) echo ${ID};; inspect*) echo '${json}';; esac`;
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${says}\n`);
  chmodSync(join(folder, 'docker'), 0o755);
  const context = { cwd: folder, environment: { PATH: `${folder}:/usr/bin:/bin` } };

  const started = await startContainer({ plan: PLAN, context, log: join(folder, 'log'), onUp: () => undefined });

  expect(started).toEqual({ ok: true, value: { state: 'up', engine: 'docker', id: ID, begun: [] } });
  expect(readFileSync(join(folder, 'calls'), 'utf8')).not.toContain('up --detach');
});
