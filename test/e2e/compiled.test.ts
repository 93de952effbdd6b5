import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import { runFolder } from '../rig/run-folder.ts';

test('what was compiled is kept for the next command, and for another checkout', async () => {
  const { status, kept, environment } = await create();
  await status();
  const inodes = () => readdirSync(kept('.')).map((name) => [name, statSync(kept(name)).ino]);
  const before = inodes();
  await status();
  const other = await createProject({ files: await files(), generated: 'everything' });
  for (let time = 0; time < 3; time += 1) await other.dev(['status'], { environment });

  // What is rejected is made anew, and what lies elsewhere is not found.
  expect(inodes()).toEqual(before);
  expect(readdirSync(join(other.root, 'logs/.devgen'))).not.toContain('compiled');
});

test('a pipe in place of what was kept keeps no command waiting', async () => {
  const { status, kept } = await create();
  await status();
  rmSync(kept('quick.cjs-status'));
  execFileSync('mkfifo', ['-m', '600', kept('quick.cjs-status')]);

  expect(await status()).toMatchObject({ code: 1, stderr: '' });
});

test('damage to what was kept is noticed and mended', async () => {
  const { status, kept } = await create();
  await status();
  const file = kept('quick.cjs-status');
  const whole = readFileSync(file);
  const damages: Record<string, Buffer> = {
    'an empty page': Buffer.concat([whole.subarray(0, 8192), Buffer.alloc(4096), whole.subarray(12_288)]),
    'a byte here and there': Buffer.from(whole.map((byte, at) => (at % 97 === 96 ? byte ^ 0xff : byte))),
    'a cut': whole.subarray(0, whole.length / 2),
    rubbish: Buffer.from('rubbish'),
    nothing: Buffer.alloc(0),
  };
  for (const [damage, bytes] of Object.entries(damages)) {
    writeFileSync(file, bytes);

    const { code, stderr } = await status();

    expect({ damage, code, stderr }).toEqual({ damage, code: 1, stderr: '' });
    expect(readFileSync(file).length).toBeGreaterThan(whole.length / 2);
  }
});

test.skipIf(process.platform === 'win32')('what another user can write is not run', async () => {
  const { status, kept } = await create();
  await status();
  const { ino } = statSync(kept('quick.cjs-status'));
  chmodSync(kept('quick.cjs-status'), 0o620);

  await status();

  expect(statSync(kept('quick.cjs-status')).ino).not.toBe(ino);
});

test('a user who edits the vendored runtime sees the change', async () => {
  const { project, status } = await create();
  await project.dev(['start']); // What never ran is not for the front.
  await status();
  const front = '.devgen/runtime/quick.cjs';

  project.write(front, project.read(front).replace('"SERVICE"', '"SERVANT"'));

  expect((await status()).stdout).toMatch(/^SERVANT /);
});

test('of old builds some are kept; what a killed command half wrote is removed, and nothing has to be kept', async () => {
  const { status, cache, kept } = await create();
  await status();
  for (let age = 1; age <= 8; age += 1) {
    mkdirSync(join(cache, `build${age}`));
    utimesSync(join(cache, `build${age}`), age, age);
  }
  writeFileSync(kept('quick.cjs.4194305.tmp'), 'half');
  writeFileSync(kept('quick.cjs-status'), '');
  await status();
  expect(readdirSync(join(kept('.'))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const left = readdirSync(cache).filter((name) => name.startsWith('build'));
  expect(left).toEqual(['build6', 'build7', 'build8']);

  expect(await status({ XDG_CACHE_HOME: '/dev/null' })).toMatchObject({ code: 1, stderr: '' });
  expect(await status({ XDG_CACHE_HOME: '', HOME: '' })).toMatchObject({ code: 1, stderr: '' });
});

test('what Node compiles with other options for V8 is kept apart', async () => {
  const { status, cache, kept } = await create();
  await status();
  const [build = ''] = readdirSync(cache);
  const { ino } = statSync(kept('quick.cjs-status'));

  expect(await status({ NODE_OPTIONS: '--stack-trace-limit=20' })).toMatchObject({ code: 1, stderr: '' });
  expect(readdirSync(cache)).toEqual([build, expect.stringMatching(new RegExp(`^${build}-\\d+$`))]);
  await status();

  expect(statSync(kept('quick.cjs-status')).ino).toBe(ino);
});

async function files(): Promise<Readonly<Record<string, string>>> {
  return configFile({ web: server('web', await reservePort()) });
}

/** A project with a cache of its own, which asks for the status of a service that never ran: exit code 1. */
async function create() {
  const project: Project = await createProject({ files: await files(), generated: 'everything' });
  const environment = { XDG_CACHE_HOME: mkdtempSync(join(runFolder(), 'own-cache-')) };
  const cache = join(environment.XDG_CACHE_HOME, 'devgen/compiled');
  const status = (more: Readonly<Record<string, string>> = {}) =>
    project.dev(['status'], { environment: { ...environment, ...more } });
  const kept = (name: string): string => {
    const [build = ''] = readdirSync(cache).filter((each) => /-v\d+\.\d+\.\d+-[^-]+$/.test(each));
    return join(cache, build, name);
  };
  await status(); // Compiles the plan; from the next one on the front answers.
  return { project, environment, status, cache, kept };
}
