import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { configFile } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { repository } from '../rig/project.ts';
import { runFolder } from '../rig/run-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { bootWindows, hasWindows, type WindowsMachine, windowsPath } from './machine.ts';
import { createWindowsProject, type WindowsProject } from './windows-project.ts';

/** Under Wine, whose tools of the system are stand-ins: what they print is proved by recorded output elsewhere. */
const limitMs = 300_000;
const isWhole = process.env.TEST_WINDOWS === 'all';

const SERVER = `
import { createServer } from 'node:http';
const port = Number(process.argv[2] ?? process.env.PORT);
createServer((_, answer) => answer.end(String(process.pid))).listen(port, '127.0.0.1');
`;
/** As a package's script has it: cmd, its program, a shell of its own, the server. */
const SHIM = '@echo off\r\nnode "%~dp0shim.mjs"\r\n';
const SHIM_PROGRAM = `
import { spawn } from 'node:child_process';
spawn('node server.mjs', { stdio: 'inherit', shell: true }).on('exit', (code) => process.exit(code ?? 1));
`;
const TASK = `
console.log(JSON.stringify([process.argv.slice(2), process.env.WEB_URL]));
process.exitCode = 3;
`;

let machine: Promise<WindowsMachine> | undefined;

afterAll(async () => {
  await (await machine)?.end();
}, limitMs);

/** `web` is a server, `api` one at the end of a chain of shells, which needs `web`. */
async function startable(): Promise<WindowsProject & { readonly port: number }> {
  machine ??= bootWindows();
  const port = await reservePort();
  const project = createWindowsProject(await machine, {
    ...configFile(
      {
        web: { command: 'node server.mjs', port },
        api: { command: 'shim.cmd run dev', port: port + 10, dependsOn: ['web'] },
      },
      { tasks: { say: { run: 'node task.mjs', needs: ['web'] } } },
    ),
    'server.mjs': SERVER,
    'shim.cmd': SHIM,
    'shim.mjs': SHIM_PROGRAM,
    'task.mjs': TASK,
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(project.read('logs/devgen.log'));
    const isUp = readdirSync(join(project.root, 'logs/.devgen/runs')).length > 0;
    if (isUp) await project.dev(['stop']);
    expect(await project.serviceProcesses()).toEqual([]);
    expect(project.read('logs/devgen.log')).toBe('');
  }, limitMs);
  return { ...project, port };
}

function pidOf(project: WindowsProject, service: string): number {
  return Number(project.json(`logs/.devgen/status/${service}.json`).pid);
}

function supervisorOf(project: WindowsProject): number {
  return Number(project.json('logs/.devgen/supervisor.json').pid);
}

async function answerOf(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}`)).text();
}

describe.skipIf(!hasWindows)('on Windows (Wine)', { timeout: limitMs }, () => {
  test('services start, are told of and stop to the last process, in a folder whose name cmd could misread', async () => {
    const project = await startable();
    const { port } = project;
    const start = await project.dev(['start']);
    expect(start).toMatchObject({ code: 0 });
    expect(start.stdout).toContain(`web: ready at http://localhost:${port}`);
    expect(start.stdout).toContain(`api: ready at http://localhost:${port + 10}`);
    expect(await answerOf(port)).toBe(String(pidOf(project, 'web')));
    project.machine.takeCalls();
    const status = await project.dev(['status']);
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toMatch(/^web +ready .*\napi +ready /m);
    const supervisor = supervisorOf(project);
    expect(project.machine.takeCalls().filter(({ by }) => by !== supervisor)).toEqual([]);
    const everywhere = await project.dev(['ps']);
    expect(everywhere.stdout).toMatch(/ api +ready .*\n.* web +ready /);
    expect(await project.dev(['stop'])).toMatchObject({ code: 0 });
    expect(await project.serviceProcesses()).toEqual([]);
  });

  test('a killed root is replaced with all it has left, and services outlive a killed supervisor', async () => {
    const project = await startable();
    await project.dev(['start']);
    const [web, api] = [pidOf(project, 'web'), pidOf(project, 'api')];
    const left = (await project.serviceProcesses()).filter(({ parentPid }) => parentPid === api);
    await project.end({ pid: api });
    await waitUntil(
      () => pidOf(project, 'api') !== api && project.json('logs/.devgen/status/api.json').state === 'ready',
      60_000,
    );
    expect(left).toHaveLength(1);
    expect(await project.serviceProcesses()).not.toContainEqual(left[0]);

    await project.end({ pid: supervisorOf(project) });
    project.machine.takeCalls();
    const between = await project.dev(['status']);
    expect(between.stdout).toMatch(/^web +ready /m);
    expect(between.stdout).toContain('no supervisor watches it');
    expect(project.machine.takeCalls()).toEqual([]);
    const again = await project.dev(['start']);
    expect(again.stdout).toContain(`web: already running at http://localhost:${project.port} (pid ${web},`);
  });

  test('a stranger keeps its port until it is taken by force', async () => {
    const project = await startable();
    const { port } = project;
    project.machine.begin(['node.exe', 'server.mjs', String(port)], { cwd: project.root });
    const stranger = await waitUntil(() => answerOf(port), 30_000);
    const start = await project.dev(['start', 'web']);
    expect(start.stdout).toContain(`web: ready at http://localhost:${port + 1}`);
    expect(await answerOf(port)).toBe(stranger);
    const forced = await project.dev(['start', 'web', '--force']);
    expect(forced.stdout).toContain(`web: ready at http://localhost:${port} `);
    expect(await answerOf(port)).toBe(String(pidOf(project, 'web')));
  });

  test.skipIf(!isWhole)('init finds the server of a package and writes a launcher as cmd reads it', async () => {
    machine ??= bootWindows();
    const root = mkdtempSync(join(runFolder(), 'my app-'));
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'app', scripts: { dev: 'node server.mjs' } }));
    writeFileSync(join(root, 'server.mjs'), SERVER.replace('process.env.PORT', 'process.env.PORT ?? 3000'));
    const init = ['node.exe', windowsPath(join(repository, 'dist/cli.js')), 'init', '--yes'];
    const { code, stdout } = await (await machine).run(init, { cwd: root });
    expect([code, stdout]).toEqual([0, expect.stringContaining('created  dev.cmd')]);
    expect(readFileSync(join(root, 'dev.cmd'), 'utf8')).toMatch(/^(?:[^\r\n]*\r\n)+$/);
    const status = ['node.exe', '.devgen\\runtime\\front.cjs', 'status'];
    expect((await (await machine).run(status, { cwd: root })).stdout).toMatch(/ down /);
  });

  test.skipIf(!isWhole)('two starts at once make one supervisor and one run', async () => {
    const project = await startable();
    const both = await Promise.all([project.dev(['start', 'web']), project.dev(['start', 'web'])]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const all = await project.machine.processes();
    expect(all.filter(({ command }) => command.includes('supervisor.cjs'))).toHaveLength(1);
    expect(await project.serviceProcesses()).toHaveLength(1);
  });

  test.skipIf(!isWhole)(
    'a port of another checkout is known as its own, and taken by force through its supervisor',
    async () => {
      const [one, other] = [await startable(), await startable()];
      await one.dev(['start', 'web']);
      other.write('devgen.config.yaml', one.read('devgen.config.yaml'));
      const start = await other.dev(['start', 'web']);
      expect(start.stderr).toMatch(
        new RegExp(`port ${one.port} is taken by \`web\` of .*; using ${one.port + 1} instead`),
      );
      expect((await other.dev(['start', 'web', '--force'])).stdout).toContain(
        `web: ready at http://localhost:${one.port} `,
      );
      expect((await one.dev(['status', 'web'])).stdout).toMatch(/^web +down /m);
    },
  );

  test.skipIf(!isWhole)('a process that got the pid of an ended run is neither taken for it nor ended', async () => {
    const project = await startable();
    const { port } = project;
    await project.dev(['start', 'web']);
    const web = pidOf(project, 'web');
    await project.end({ pid: supervisorOf(project) });
    await project.end({ pid: web });
    project.machine.begin(['node.exe', 'server.mjs', String(port + 20)], { cwd: project.root });
    const stranger = await waitUntil(() => answerOf(port + 20), 30_000);
    for (const path of ['logs/.devgen/runs/web.json', 'logs/.devgen/status/web.json']) {
      project.write(path, project.read(path).replaceAll(`"pid": ${web}`, `"pid": ${stranger}`));
    }
    expect((await project.dev(['status'])).stdout).toMatch(/^web +crashed /m);
    expect((await project.dev(['start', 'web'])).stdout).toContain('web: ready at');
    await project.dev(['stop']);
    expect(await answerOf(port + 20)).toBe(stranger);
    await project.end({ pid: Number(stranger) });
  });

  test.skipIf(!isWhole)(
    'a task gets its arguments and the services that it needs, and its exit code is ours',
    async () => {
      const project = await startable();
      const words = ['two words', 'a&b', 'x^y', 'what!', 'a|b>c'];
      project.write('typed.cmd', `@dev.cmd run say -- ${words.map((word) => `"${word}"`).join(' ')}\r\n`);
      const run = await project.machine.run(['cmd.exe', '/d', '/c', 'typed.cmd'], { cwd: project.root });
      expect(run.stdout).toContain(JSON.stringify([words, `http://localhost:${project.port}`]));
      expect(run.code).toBe(3);
    },
  );

  test.skipIf(!isWhole)('health, logs, doctor, restart, kill-port and nuke work', async () => {
    const project = await startable();
    const { port } = project;
    await project.dev(['start']);
    expect((await project.dev(['health'])).stdout).toMatch(/^web +healthy .*\napi +healthy /m);
    const [web, api] = [pidOf(project, 'web'), pidOf(project, 'api')];
    expect((await project.dev(['restart', 'api'])).stdout).toContain('api: ready at');
    expect([pidOf(project, 'web') === web, pidOf(project, 'api') === api]).toEqual([true, false]);
    expect((await project.dev(['logs', 'web'])).code).toBe(0);
    expect((await project.dev(['doctor'])).stdout).toContain('ports');
    project.machine.begin(['node.exe', 'server.mjs', String(port + 20)], { cwd: project.root });
    await waitUntil(() => answerOf(port + 20), 30_000);
    expect((await project.dev(['kill-port', String(port + 20), '--yes'])).stdout).toContain(
      `port ${port + 20} is free`,
    );
    expect((await project.dev(['nuke', '--yes'])).stdout).toMatch(/^ended \d+ processes/m);
    expect(await project.serviceProcesses()).toEqual([]);
  });

  test.skipIf(!isWhole)(
    'a start and a stop ask PowerShell a few times, and so do not wait for it for long',
    async () => {
      const project = await startable();
      project.machine.takeCalls();
      await project.dev(['start', 'web']);
      // One for each new socket of any other program is among them, of which a busy machine has many.
      const looks = (): number => project.machine.takeCalls().filter(({ tool }) => tool === 'powershell').length;
      expect(looks()).toBeLessThanOrEqual(5);
      await project.dev(['stop']);
      expect(looks()).toBeLessThanOrEqual(5);
    },
  );

  test.skipIf(!isWhole)('state that another program holds for a moment is written all the same', async () => {
    const project = await startable();
    project.write('hold.mjs', HOLDER);
    await project.dev(['start', 'web']);
    project.machine.begin(['node.exe', 'hold.mjs', 'logs/.devgen/status/web.json'], { cwd: project.root });
    await waitUntil(() => readdirSync(project.root).includes('holds'), 30_000);
    for (let round = 0; round < 3; round++) {
      expect((await project.dev(['restart', 'web'])).code).toBe(0);
    }
    const holder = (await project.machine.processes()).find(({ command }) => command.includes('hold.mjs'));
    await project.end(holder ?? { pid: 0 });
    expect((await project.dev(['status', 'web'])).stdout).toMatch(/^web +ready /m);
    expect(readdirSync(join(project.root, 'logs/.devgen/status'))).toEqual(['web.json']);
  });
});

/** Opens a file as no other program may, for 30 of every 60 ms. */
const HOLDER = `
import { closeSync, openSync, writeFileSync } from 'node:fs';
const EXCLUSIVE = 0x10000000;
writeFileSync('holds', '');
setInterval(() => {
  try {
    const held = openSync(process.argv[2], EXCLUSIVE);
    setTimeout(() => closeSync(held), 30);
  } catch {} // Just replaced.
}, 60);
`;
