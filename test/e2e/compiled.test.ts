import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';

test('what was compiled is kept for the next command', async () => {
  const project = await create();
  await project.dev(['start']);
  await project.dev(['status']);
  const { ino } = statSync(statusFile(project));
  await project.dev(['status']);

  // What is rejected is made anew.
  expect(statSync(statusFile(project)).ino).toBe(ino);
});

test('damage to what was kept is noticed and mended', async () => {
  const project = await create();
  await project.dev(['start']);
  await project.dev(['status']);
  const whole = readFileSync(statusFile(project));
  const damages: Record<string, Buffer> = {
    'an empty page': Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(4096), whole.subarray(12_288)]),
    'a byte here and there': Buffer.from(whole.map((byte, at) => (at % 97 === 96 ? byte ^ 0xff : byte))),
    'a cut': whole.subarray(0, whole.length / 2),
    rubbish: Buffer.from('rubbish'),
    nothing: Buffer.alloc(0),
  };
  for (const [damage, bytes] of Object.entries(damages)) {
    writeFileSync(statusFile(project), bytes);

    const { code, stderr } = await project.dev(['status']);

    expect({ damage, code, stderr }).toEqual({ damage, code: 0, stderr: '' });
    expect(readFileSync(statusFile(project)).length).toBeGreaterThan(whole.length / 2);
  }
});

test('a user who edits the vendored runtime sees the change', async () => {
  const project = await create();
  await project.dev(['start']);
  await project.dev(['status']);
  const front = '.devgen/runtime/quick.cjs';

  project.write(front, project.read(front).replace('"SERVICE"', '"SERVANT"'));

  expect((await project.dev(['status'])).stdout).toMatch(/^SERVANT /);
});

test('what another build kept, or a killed command half wrote, is removed, and nothing has to be kept', async () => {
  const project = await create();
  await project.dev(['start']);
  mkdirSync(join(compiledFolder(project), '0123456789abcdef-v20.0.0-x64'), { recursive: true });
  const [build = ''] = readdirSync(compiledFolder(project)).filter((name) => !name.startsWith('0123456789abcdef'));
  project.write(`logs/.devgen/compiled/${build}/quick.cjs.4194305.tmp`, 'half');
  await project.dev(['status']);
  expect(readdirSync(join(compiledFolder(project), build)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(readdirSync(compiledFolder(project))).toEqual([expect.not.stringContaining('0123456789abcdef')]);

  rmSync(compiledFolder(project), { recursive: true });
  project.write('logs/.devgen/compiled', 'in the way');
  expect(await project.dev(['status'])).toMatchObject({ code: 0, stderr: '' });
});

test('what Node compiles with other options for V8 is kept apart', async () => {
  const project = await create();
  await project.dev(['start']);
  await project.dev(['status']);
  const [build = ''] = readdirSync(compiledFolder(project));
  const { ino } = statSync(statusFile(project));

  const environment = { NODE_OPTIONS: '--stack-trace-limit=20' };
  expect(await project.dev(['status'], { environment })).toMatchObject({ code: 0, stderr: '' });
  expect(readdirSync(compiledFolder(project))).toEqual([build, expect.stringMatching(new RegExp(`^${build}-\\d+$`))]);
  await project.dev(['status']);

  expect(statSync(statusFile(project)).ino).toBe(ino);
});

async function create(): Promise<Project> {
  const files = configFile({ web: server('web', await reservePort()) });
  return createProject({ files, generated: 'everything' });
}

function compiledFolder(project: Project): string {
  return join(project.root, 'logs/.devgen/compiled');
}

function statusFile(project: Project): string {
  const [build = ''] = readdirSync(compiledFolder(project));
  return join(compiledFolder(project), build, 'quick.cjs-status');
}
