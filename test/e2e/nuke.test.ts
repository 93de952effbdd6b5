import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPortFree } from '../rig/ask.ts';
import { configFile, type Services, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('a stubborn tree, one whose record is gone, and a stranger on a configured port are listed and ended; clients live', async () => {
  const [port, strangers] = [await reservePort(), await reservePort()];
  const [outgoing, remote] = [await reservePort(), await reservePort()];
  const project = await create({
    web: { command: 'sh programs/stubborn.sh --name web', port, stop: { grace: '30s' } },
    lost: { command: 'node programs/server.mjs --never-listen --name lost' },
    other: server('other', strangers),
    idle: server('idle', outgoing),
  });
  const far = createServer().listen(remote, '127.0.0.1');
  onTestFinished(() => void far.close());
  const calling = [
    `import socket, time; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)`,
    `s.bind(('127.0.0.1', ${outgoing})); s.connect(('127.0.0.1', ${remote})); print('held', flush=True); time.sleep(600)`,
  ];
  const caller = await hold(project, '/usr/bin/python3', calling.join('; '));
  const stranger = await startStranger(strangers, ['--ignore-term']);
  const client = connect(strangers, '127.0.0.1');
  onTestFinished(() => void client.destroy());
  await once(client, 'connect');
  await project.dev(['start', 'web', 'lost']);
  project.write('logs/.devgen/runs/lost.json', 'rubbish');
  const { pid } = project.status('web');

  const nuked = await project.dev(['nuke', '--yes']);

  expect(nuked, nuked.stdout + nuked.stderr).toMatchObject({ code: 0, stderr: '' });
  expect(nuked.stdout).toContain("this project's supervisor");
  expect(nuked.stdout).toMatch(new RegExp(`^ +${pid} +run of \`web\` +\\S.* sh programs/stubborn\\.sh`, 'm'));
  expect(nuked.stdout).toMatch(/a run of this project .*--name lost/);
  expect(nuked.stdout).toMatch(new RegExp(`^ +${stranger.pid} +listens on port ${strangers} `, 'm'));
  expect(nuked.stdout).not.toContain(`${process.pid} `);
  expect(stranger.isAlive()).toBe(false);
  expect(project.processes().map(({ pid }) => pid)).toEqual([caller]);
  killQuietly(caller);
  expect([await isPortFree(port), await isPortFree(strangers)]).toEqual([true, true]);
  expect(project.status('web')).toMatchObject({ state: 'down', pid: null });
  expect(await project.dev(['nuke', '--yes'])).toMatchObject({ code: 0, stdout: 'nothing was there to end\n' });
});

test('without a terminal the list is printed and nothing is ended; `--everywhere` alone is refused', async () => {
  const project = await create({ web: server('web', await reservePort()) });
  await project.dev(['start']);
  const { pid } = project.status('web');

  const told = await project.dev(['nuke']);
  const nuked = await project.dev(['nuke', '--json']);

  const hint = '`nuke --yes` ends all of this at once.';
  expect(told).toMatchObject({ code: 2, stderr: expect.stringContaining(`  hint: ${hint}\n`) });
  expect(told.stdout).toContain('run of `web`');
  expect(nuked.code).toBe(2);
  expect(JSON.parse(nuked.stdout)).toMatchObject({
    schemaVersion: 1,
    outcome: 'unconfirmed',
    error: { code: 'usage/unconfirmed', hint },
  });
  expect(JSON.parse(nuked.stdout).listed).toContainEqual(
    expect.objectContaining({ pid, reason: { kind: 'run', service: 'web' }, cwd: project.root }),
  );
  expect(await project.dev(['nuke', '--everywhere', '--yes'])).toMatchObject({ code: 2 });
  expect(project.status('web')).toMatchObject({ state: 'ready', pid });
});

test('on a terminal any key cancels the countdown, and so do Ctrl+C and closing it; left alone it ends everything', {
  timeout: 60_000,
}, async () => {
  const project = await create({ web: server('web', await reservePort()) });
  await project.dev(['start']);
  const { pid } = project.status('web');
  const nuke = async () => {
    const terminal = openTerminal(project, './dev', ['nuke']);
    await terminal.see('any key cancels');
    return terminal;
  };

  const ways: readonly (readonly [string, number])[] = [
    ['x', 1],
    ['\u001b[A', 1],
    [CTRL_C, 130],
  ];
  for (const [key, code] of ways) {
    const terminal = await nuke();
    if (key === 'x') await terminal.see(/in 2 s/);
    terminal.press(key);
    expect(await terminal.exited).toBe(code);
    expect(terminal.shown()).toContain('cancelled; nothing was ended');
  }
  const closed = await nuke();
  closed.close();
  expect(await closed.exited).toBe(129);
  expect(project.status('web')).toMatchObject({ state: 'ready', pid });

  expect(await (await nuke()).exited).toBe(0);
  expect(project.processes()).toEqual([]);
});

test('an ancestor and an editor that have the port live, and nuke says that it is taken', async () => {
  const [port, edited] = [await reservePort(), await reservePort()];
  const project = await create({ web: server('web', port), docs: server('docs', edited) });
  const editor = join(project.root, 'bin/vim');
  mkdirSync(join(project.root, 'bin'));
  copyFileSync('/usr/bin/python3', editor);
  const held = await hold(project, editor, `${LISTEN}; listen(${edited}); print('held', flush=True); time.sleep(600)`);

  const run = `${LISTEN}; import subprocess; listen(${port}); sys.exit(subprocess.call(['./dev', 'nuke', '--yes']))`;
  const child = spawn('/usr/bin/python3', ['-c', run], { cwd: project.root, env: project.environment });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  const [code] = await once(child, 'close');

  expect(code).toBe(1);
  expect(said).toMatch(new RegExp(`^ +${child.pid} +listens on port ${port}, but this command came from it`, 'm'));
  expect(said).toMatch(
    new RegExp(`^ +${held} +listens on port ${edited}, but it is a browser, editor or terminal`, 'm'),
  );
  expect(isLiving(held)).toBe(true);
});

test('`--name` ends that program in the project only, `--everywhere` all of them', async () => {
  const project = await create({ web: server('web', await reservePort()) });
  // Of this test alone, whatever else runs on the machine.
  const name = `nuked${process.pid}`;
  const file = join(project.root, name);
  copyFileSync('/usr/bin/sleep', file);
  const start = (cwd: string): number => {
    const child = spawn(file, ['600'], { cwd, env: project.environment, stdio: 'ignore' });
    onTestFinished(() => killQuietly(child.pid ?? 0));
    return child.pid ?? 0;
  };
  const [inside, outside] = [start(join(project.root, 'programs')), start('/')];

  expect(await project.dev(['nuke', '--yes', '--name', 'nuke'])).toMatchObject({ code: 0 });
  expect(isLiving(inside)).toBe(true);
  expect(await project.dev(['nuke', '--yes', '--name', name])).toMatchObject({ code: 0 });
  expect([isLiving(inside), isLiving(outside)]).toEqual([false, true]);
  expect(await project.dev(['nuke', '--yes', '--name', name, '--everywhere'])).toMatchObject({ code: 0 });
  expect(isLiving(outside)).toBe(false);
});

test('another checkout’s run lives unless it has a port of ours, and is not started again then', async () => {
  const [shared, own] = [await reservePort(), await reservePort()];
  const other = await create({ api: { ...server('api', shared), restart: 'always' }, quiet: server('quiet', own) });
  const project = await create({ web: server('web', shared) });
  await other.dev(['start']);
  const quiet = other.status('quiet').pid;

  const nuked = await project.dev(['nuke', '--yes']);

  expect(nuked, nuked.stdout + nuked.stderr).toMatchObject({ code: 0 });
  expect(nuked.stdout).toContain(`listens on port ${shared}: \`api\` of ${other.root}`);
  expect(nuked.stdout).toMatch(/^1 process to end:/);
  expect(await isPortFree(shared)).toBe(true);
  expect(other.status('api')).toMatchObject({ state: 'down' });
  expect(other.status('quiet')).toMatchObject({ state: 'ready', pid: quiet });
});

test('a supervisor that hangs is killed, and an attached command ends with what it showed', async () => {
  const project = await create({ web: server('web', await reservePort()) });
  const attached = openTerminal(project, './dev');
  await attached.see('ready at');
  const { pid, supervisor } = project.status('web');
  process.kill(supervisor?.pid ?? 0, 'SIGSTOP');

  const nuking = project.dev(['nuke', '--yes']);
  await waitUntil(() => !isLiving(pid ?? 0));
  // Whichever supervisor comes next, for the attached command for instance, learns it from there.
  expect(project.status('web').wanted).toBe('down');
  const nuked = await nuking;

  expect(nuked, nuked.stdout + nuked.stderr).toMatchObject({ code: 0 });
  expect(project.status('web')).toMatchObject({ state: 'down', pid: null });
  await attached.exited;
  await waitUntil(() => project.processes().length === 0, 5000);
});

const LISTEN = [
  'import socket, sys, time',
  'held = []',
  'listen = lambda port: (held.append(socket.socket()), held[-1].bind(("127.0.0.1", port)), held[-1].listen())',
].join('; ');

async function hold(project: Project, file: string, code: string): Promise<number> {
  const child = spawn(file, ['-c', code], {
    cwd: project.root,
    env: project.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => killQuietly(child.pid ?? 0));
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

function create(services: Services): Promise<Project> {
  return createProject({ files: configFile(services), generated: true });
}
