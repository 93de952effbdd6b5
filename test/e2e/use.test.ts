import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('stop takes nothing from an agent, a terminal or a task that uses it, unless it is told to', async () => {
  const { project } = await create({ tasks: { e2e: { run: 'node -e "setInterval(() => 0, 1000)"', needs: ['web'] } } });
  const agent = openAgent(project, 'claude');
  await agent.dev('start');
  const other = await project.dev(['stop', '--json'], { environment: { AI_AGENT: 'codex' } });
  expect(other).toMatchObject({ code: 1 });
  expect(JSON.parse(other.stdout)).toMatchObject({
    error: { code: 'runtime/in-use', message: `used by claude (pid ${agent.pid}): nothing was stopped` },
  });
  const status = await project.dev(['status']);
  expect(status.stdout).toContain(`used by claude (pid ${agent.pid})\n`);
  expect(JSON.parse((await project.dev(['status', '--json'])).stdout)).toMatchObject({
    users: [{ name: 'claude', pid: agent.pid, services: ['web'], since: expect.any(String) }],
  });

  const terminal = openTerminal(project, './dev', ['stop']);
  await terminal.see('stop it all the same? [y/N]');
  terminal.press('n\r');
  expect(await terminal.exited).toBe(1);
  await agent.dev('stop');
  expect(project.status('web').state, 'what an agent has started it may stop').toBe('down');

  const attached = openTerminal(project, './dev');
  await attached.see('Ctrl+C');
  const task = spawn('./dev', ['run', 'e2e'], { cwd: project.root, env: project.environment, stdio: 'ignore' });
  onTestFinished(() => killQuietly(task.pid ?? 0));
  const refused = await waitUntil(async () => {
    const done = await project.dev(['stop']);
    return done.stderr.includes('task e2e') && done;
  });
  expect(refused.stderr).toMatch(/error: used by pts\/\d+ \(pid \d+\), task e2e \(pid \d+\): nothing was stopped\n/);
  const gone = new Promise((resolve) => task.once('exit', resolve));
  task.kill('SIGTERM');
  await gone;
  expect(await project.dev(['stop', '--force'])).toMatchObject({ code: 0 });
  await attached.exited;
}, 60_000);

test('what is not used for as long as the config says is stopped, and what was started for a time after that', async () => {
  const { project, port } = await create({ idleStop: '3s' });
  await project.dev(['start']);
  const agent = openAgent(project, 'claude');
  await agent.dev('start');
  await waitUntil(async () => (await fetch(`http://localhost:${port}`)).ok);
  const usedAt = Date.now();
  agent.end();
  await waitUntil(() => project.status('web').state === 'down', 20_000);
  expect(Date.now() - usedAt).toBeGreaterThan(2500);
  await waitUntil(() => project.processes().length === 0);
  const history = async (): Promise<string> => (await project.dev(['history'])).stdout;
  expect(await history()).toContain('not used for 3.0 s: stopped with all others, as `idleStop` says');

  const started = JSON.parse((await project.dev(['start', '--for', '1s', '--json'])).stdout);
  expect(started.services).toMatchObject([{ outcome: 'started' }]);
  await waitUntil(() => project.status('web').state === 'down');
  expect(await history()).toContain('started for 1.0 s, which are over: stopped with all others');
}, 60_000);

async function create(rest: Readonly<Record<string, unknown>>): Promise<{ project: Project; port: number }> {
  const port = await reservePort();
  const files = configFile({ web: { ...server('web', port), health: '/' } }, rest);
  return { project: await createProject({ files, generated: true }), port };
}

/** A program that runs commands as a coding agent does: itself unmarked, its commands marked. */
function openAgent(project: Project, name: string) {
  const script = `
    const { spawnSync } = require('node:child_process');
    process.stdin.on('data', (verb) => {
      const env = { ...process.env, AI_AGENT: ${JSON.stringify(name)} };
      const { status } = spawnSync('sh', ['-c', './dev ' + verb + '; exit $?'], { env, stdio: 'ignore' });
      console.log(status);
    });
  `;
  const child = spawn(process.execPath, ['-e', script], { cwd: project.root, env: project.environment });
  const end = (): void => void child.kill('SIGKILL');
  onTestFinished(end);
  return {
    pid: child.pid,
    end,
    async dev(verb: string): Promise<void> {
      const done = new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim())));
      child.stdin.write(verb);
      expect(await done, verb).toBe('0');
    },
  };
}
