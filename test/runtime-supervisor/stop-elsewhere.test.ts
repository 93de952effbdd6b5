import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { readRunRecord, writeRunRecord } from '../../src/runtime/state/run-record-file.ts';
import { readStatus, writeStatus } from '../../src/runtime/state/status-file.ts';
import { stopElsewhere } from '../../src/runtime/supervisor/ports/stop-elsewhere.ts';
import { servicePlan } from '../plan/service-plan.ts';
import { userEnvironment } from '../rig/environment.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { sampleRecord, sampleStatus } from '../runtime-state/sample-state.ts';

test('a container of another checkout that cannot be stopped keeps its record, and its status says so', async () => {
  const root = temporaryFolder();
  mkdirSync(pathsOf(root).runs, { recursive: true });
  writeFileSync(join(root, 'docker'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(root, 'docker'), 0o755);
  vi.stubEnv('PATH', `${root}:/usr/bin:/bin`);
  vi.stubEnv('XDG_RUNTIME_DIR', userEnvironment().XDG_RUNTIME_DIR);
  onTestFinished(() => void vi.unstubAllEnvs());
  const begun = [{ id: 'c'.repeat(64), startedAt: '2026-01-01T00:00:00Z' }];
  const container = { state: 'up', engine: 'docker', id: 'c'.repeat(64), begun } as const;
  const plan = servicePlan({ runs: { kind: 'container', files: [], service: 'db' } });
  const record = sampleRecord({ plan, root: null, container, log: '', cwd: root, port: null });
  writeRunRecord(root, record);
  writeStatus(root, sampleStatus());

  await stopElsewhere({ root, service: 'backend' });

  expect(readRunRecord(root, 'backend')).toMatchObject({ ok: true, value: { id: record.id } });
  const left = [{ pid: 0, command: 'container cccccccccccc, of which docker does not tell' }];
  expect(readStatus(root, 'backend')).toMatchObject({
    value: { state: 'failed', wanted: 'down', failure: { reason: 'stop-incomplete', left } },
  });
});
