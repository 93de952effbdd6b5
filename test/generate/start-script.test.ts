import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { hasTool } from '../rig/tools.ts';
import { createFixture, ECHO_LAUNCHER, type Fixture } from './project-fixture.ts';

const SHELLS = [['sh'], ['dash'], ['bash', '--posix'], ['zsh', '--emulate', 'sh'], ['busybox', 'sh'], ['ksh']] as const;

async function generated(): Promise<Fixture> {
  const project = createFixture();
  await project.generate();
  project.write('dev', ECHO_LAUNCHER, 0o755);
  return project;
}

for (const [shell, ...before] of SHELLS) {
  test.skipIf(!hasTool(shell))(`${[shell, ...before].join(' ')}: a port and options reach ./dev up`, async () => {
    const project = await generated();
    const said = async (...words: string[]) => {
      const script = [...before, 'scripts/start-backend.sh', ...words];
      const { stdout, stderr } = await run(shell, script, { cwd: project.root, environment: userEnvironment() });
      return stdout + stderr;
    };
    expect(await said()).toBe('dev [up] [backend]\n');
    expect(await said('3001')).toBe('dev [up] [backend] [--port] [3001]\n');
    expect(await said('3001', '--force')).toBe('dev [up] [backend] [--port] [3001] [--force]\n');
    expect(await said('--force', '--timeout', '90')).toBe('dev [up] [backend] [--force] [--timeout] [90]\n');
    expect(await said('a b')).toBe('dev [up] [backend] [a b]\n');
  });
}

test('it runs from any folder and through links, and hands on the exit code', async () => {
  const project = await generated();
  mkdirSync(join(project.root, '../bin dir'));
  symlinkSync('../my project/scripts/start-backend.sh', join(project.root, '../bin dir/one'));
  const environment = { ...userEnvironment(), CDPATH: '/:/tmp', STUB_EXIT: '3' };
  for (const [file, cwd] of [
    [join(project.root, '../bin dir/one'), '/'],
    ['./one', join(project.root, '../bin dir')],
    ['./start-backend.sh', join(project.root, 'scripts')],
  ] as const) {
    expect(await run(file, ['80'], { cwd, environment })).toMatchObject({
      code: 3,
      stdout: 'dev [up] [backend] [--port] [80]\n',
      stderr: '',
    });
  }
  const inFolder = await run('sh', ['start-backend.sh'], { cwd: join(project.root, 'scripts'), environment });
  expect(inFolder.stdout).toBe('dev [up] [backend]\n');
});
