import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { hasTool } from '../rig/tools.ts';
import { createFixture, ECHO_LAUNCHER, type Fixture, NAMES } from './project-fixture.ts';

const SHELLS = [
  ['bash', []],
  ['bash', ['--norc', '-eu']],
  ['zsh', []],
  ['zsh', ['-eu']],
  ['fish', []],
] as const;

/** A project whose folder has a space, a quote and a dollar in its name would break a careless script. */
async function generated(): Promise<Fixture> {
  const project = createFixture();
  await project.generate({ plan: { ...NAMES, aliasPrefix: 'my-bot' } });
  project.write('dev', ECHO_LAUNCHER, 0o755);
  mkdirSync(join(project.root, 'deep/folder'), { recursive: true });
  return project;
}

for (const [shell, options] of SHELLS) {
  const name = [shell, ...options].join(' ');
  const call = (script: string, cwd: string, environment: Record<string, string> = {}) =>
    run(shell, [...options, '-c', script], { cwd, environment: { ...userEnvironment(), ...environment } });

  test.skipIf(!hasTool(shell))(`${name}: each alias calls the project’s ./dev from any folder`, async () => {
    const project = await generated();
    const commands = ['start', 'start api --force', 'stop "a b"', 'restart', 'status', 'health', 'logs -f'];
    const script = ['source scripts/aliases.sh', 'cd /', ...commands.map((words) => `my-bot-${words}`)].join('\n');
    const { code, stdout, stderr } = await call(script, project.root);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout:
        'dev [up] [-d]\ndev [up] [-d] [api] [--force]\ndev [stop] [a b]\n' +
        'dev [restart]\ndev [status]\ndev [health]\ndev [logs] [-f]\n',
      stderr: '',
    });
  });

  test.skipIf(!hasTool(shell))(
    `${name}: sourced from another folder, through a link, with CDPATH, and twice`,
    async () => {
      const project = await generated();
      symlinkSync(join(project.root, 'scripts/aliases.sh'), join(project.root, '../linked.sh'));
      const script = ['. ../../../linked.sh', '. ../../scripts/aliases.sh', 'cd /tmp', 'my-bot-status'].join('\n');
      const { code, stdout, stderr } = await call(script, join(project.root, 'deep/folder'), {
        CDPATH: '/:/tmp',
      });
      expect({ code, stdout: stdout.replace(/^\/tmp\n/, ''), stderr }).toEqual({
        code: 0,
        stdout: 'dev [status]\n',
        stderr: '',
      });
    },
  );

  test.skipIf(!hasTool(shell))(`${name}: an alias hands on the exit code`, async () => {
    const project = await generated();
    const { code } = await call('. scripts/aliases.sh\nmy-bot-health', project.root, { STUB_EXIT: '3' });
    expect(code).toBe(3);
  });
}

test.skipIf(!hasTool('zsh'))('zsh: a shell alias of the same name is no obstacle', async () => {
  const project = await generated();
  const script = 'alias my-bot-stop=false\nsource scripts/aliases.sh\nwhence -w my-bot-start';
  const { code, stdout, stderr } = await run('zsh', ['-ic', script], {
    cwd: project.root,
    environment: userEnvironment(),
  });
  expect([code, stdout.trim(), stderr]).toEqual([0, 'my-bot-start: function', '']);
});

test.skipIf(!hasTool('shellcheck'))('shellcheck has nothing to say about what is generated', async () => {
  const project = createFixture();
  await project.generate();
  const scripts = ['dev', 'scripts/aliases.sh', 'scripts/start-backend.sh', '.devgen/completion/dev.bash'];
  const { stdout } = await run('shellcheck', scripts, {
    cwd: project.root,
    environment: userEnvironment(),
  });
  expect(stdout).toBe('');
});
