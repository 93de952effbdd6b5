import { expect, test } from 'vitest';
import { server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { projectWith, supervisorsOf } from './fault-project.ts';

test('a supervisor that says nothing in time is ended by the command that began it', async () => {
  const project = await projectWith({ web: server('web', await reservePort()) });
  project.write('.devgen/runtime/supervisor.cjs', 'setInterval(() => {}, 1000);\n');

  const starting = project.dev(['start'], { limitMs: 40_000 });
  await waitUntil(() => supervisorsOf(project).length === 1);
  const started = await starting;

  expect(started.code).toBe(1);
  expect(started.stderr).toContain('not ready after 15 s');
  await waitUntil(() => project.processes().length === 0);
}, 60_000);
