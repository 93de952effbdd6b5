import { expect, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import { projectWith, runsOf } from './fault-project.ts';

test('a service that takes too much memory before it is ready is ended, and its start says so', async () => {
  const command = 'node -e "globalThis.held = Buffer.alloc(400e6, 1); setInterval(() => {}, 1000)"';
  const project = await projectWith({
    web: {
      command,
      port: await reservePort(),
      restart: { maxMemory: '200MB' },
      health: { http: '/', period: '200ms', startTimeout: '20s' },
    },
  });

  const started = await project.dev(['start']);

  expect(started.code).toBe(1);
  expect(started.stdout + started.stderr).toMatch(/memory/);
  expect(project.status('web')).toMatchObject({ state: 'failed', failure: { reason: 'memory-exceeded' } });
  expect(runsOf(project)).toEqual([]);
});
