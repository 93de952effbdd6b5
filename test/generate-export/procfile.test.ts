import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../rig/run.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { hasTool } from '../rig/tools.ts';
import { EVERYTHING, exported, fileOf } from './export-fixture.ts';
import { expectArrival, oddSample } from './odd-service.ts';

test('each service is one line', () => {
  const text = fileOf(exported('procfile', EVERYTHING), 'Procfile');
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  expect(lines.map((line) => line.split(':')[0])).toEqual(['backend', 'frontend', 'worker', '']);
});

describe.skipIf(!hasTool('foreman'))('foreman (needs the package ruby-foreman)', () => {
  test('runs the line, and hands every odd value to its service', async () => {
    const root = temporaryFolder();
    await start(root, fileOf(exported('procfile', oddSample(root)), 'Procfile'));
    expectArrival(root);
  });

  test('accepts every line of a project', async () => {
    const root = temporaryFolder();
    write(root, fileOf(exported('procfile', EVERYTHING), 'Procfile'));
    const { code, stdout } = await foreman(root, ['check', '-f', 'deploy/Procfile']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'valid procfile detected (backend, frontend, worker)\n' });
  });
});

async function start(root: string, procfile: string): Promise<void> {
  write(root, procfile);
  const { code, stdout, stderr } = await foreman(root, ['start', '-f', 'deploy/Procfile', '-d', '.']);
  expect(code, stdout + stderr).toBe(0);
}

function write(root: string, procfile: string): void {
  mkdirSync(join(root, 'deploy'));
  writeFileSync(join(root, 'deploy/Procfile'), procfile);
}

function foreman(root: string, words: readonly string[]) {
  return run('foreman', words, { cwd: root, environment: { PATH: '/usr/bin:/bin', HOME: root } });
}
