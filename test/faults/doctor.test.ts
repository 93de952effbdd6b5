import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { expectCleanStop, killSupervisor, pidOf, runsOf, start, supervisorsOf } from './fault-project.ts';
import { holdPort } from './holder.ts';

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly what: string;
  readonly remedy: string;
  readonly where: Readonly<Record<string, unknown>>;
}

interface Report {
  readonly exit: number | null;
  readonly schemaVersion: number;
  readonly ok: boolean;
  readonly findings: readonly Found[];
}

async function doctor(project: Project, ...args: readonly string[]): Promise<Report> {
  const finished = await project.dev(['doctor', '--json', ...args]);
  expect(finished.stderr).toBe('');
  return { ...JSON.parse(finished.stdout), exit: finished.code };
}

test('doctor names a stranger, a closed connection and a port that is only bound, and changes nothing', async () => {
  const [taken, lingering, bound, wanted] = [
    await reservePort(),
    await reservePort(),
    await reservePort(),
    await reservePort(),
  ];
  const services = {
    taken: server('taken', taken),
    lingering: server('lingering', lingering),
    bound: { ...server('bound', bound), onConflict: 'fail' },
    wanted: server('wanted', wanted),
  };
  const project = await createProject({ files: configFile(services), generated: 'everything' });
  const stranger = await startStranger(taken);
  await (await holdPort('time-wait', lingering)).end();
  await holdPort('bound', bound);

  const report = await doctor(project);

  expect(report).toMatchObject({ exit: 1, schemaVersion: 1, ok: false });
  expect(report.findings).toMatchObject([
    { code: 'port-bound', severity: 'error', where: { service: 'bound', port: bound } },
    {
      code: 'port-conflict',
      severity: 'warning',
      remedy: `\`./dev taken --force\` takes ${taken} back.`,
      where: { service: 'taken', port: taken, pid: stranger.pid },
    },
    { code: 'port-lingers', severity: 'info', where: { port: lingering } },
  ]);
  expect(await doctor(project, 'wanted')).toMatchObject({ exit: 0, ok: true, findings: [] });
  expect(stranger.isAlive()).toBe(true);
  expect(project.processes()).toEqual([]);
});

test('doctor finds files that speak of what is gone, and a supervisor that is stopped, which goes on by its remedy', async () => {
  const project = await createProject({
    files: configFile({ web: server('web', await reservePort()) }),
    generated: 'everything',
  });
  await start(project);
  expect(await doctor(project)).toMatchObject({ exit: 0, findings: [] });

  // While the supervisor lives, damaged files make no leftovers of its runs, and are whole again after a start.
  const damaged = ['.devgen/status/web.json', '.devgen/runs/web.json', '.devgen/plan.json', '.devgen/supervisor.json'];
  for (const file of damaged) project.write(`logs/${file}`, '{"schemaVersion":1,"x":');
  expect((await doctor(project)).findings.map(({ what }) => what)).toEqual([
    'logs/.devgen/status/web.json makes no sense',
    'logs/.devgen/runs/web.json makes no sense',
  ]);
  await start(project);
  for (const file of damaged) expect(() => JSON.parse(project.read(`logs/${file}`))).not.toThrow();

  const [supervisor] = supervisorsOf(project);
  killQuietly(supervisor?.pid ?? 0, 'SIGSTOP');
  const stopped = await doctor(project);
  killQuietly(supervisor?.pid ?? 0, 'SIGCONT');

  expect(stopped).toMatchObject({
    exit: 1,
    findings: [
      {
        code: 'supervisor-silent',
        remedy: `\`kill -CONT ${supervisor?.pid}\` lets it go on.`,
        where: { pid: supervisor?.pid },
      },
    ],
  });

  const pid = pidOf(project, 'web');
  await killSupervisor(project);
  expect((await doctor(project)).findings.map(({ code }) => code)).toEqual(['unsupervised', 'socket-stale']);
  killQuietly(pid);
  await waitUntil(() => runsOf(project).length === 0);
  project.write('logs/old.pid', `${process.pid}\n`);
  project.write('logs/.devgen/status/new.json', '{"schemaVersion": 99}\n');
  for (const name of ['old', 'new']) project.write(`logs/.devgen/${name}.times`, '');
  for (const name of ['my notes.pid', 'a$(touch pwned)_status.json']) project.write(`logs/${name}`, '77');

  const stale = await doctor(project);
  expect(stale).toMatchObject({ exit: 0 });
  expect(stale.findings.filter(({ severity }) => severity !== 'info')).toMatchObject([
    {
      code: 'state-stale',
      what: 'nothing of `web` runs, whatever logs/.devgen/status/web.json, logs/.devgen/runs/web.json and logs/web.pid may say',
    },
    { code: 'state-unreadable', what: 'logs/.devgen/status/new.json is of another version of devgen (schema 99)' },
    { code: 'pid-file', where: { file: 'logs/old.pid', pid: process.pid } },
  ]);
  await start(project);
  for (const file of ['logs/old.pid', 'logs/.devgen/status/new.json']) rmSync(join(project.root, file));
  expect(await doctor(project)).toMatchObject({ exit: 0, findings: [] });
});

test('doctor explains what stands where `logs/` should be', async () => {
  const services = { web: server('web', await reservePort()) };
  const project = await createProject({ files: configFile(services), generated: 'everything' });
  rmSync(join(project.root, 'logs'), { recursive: true, force: true });
  project.write('logs', 'mine');
  const what = '`logs` is a file, not a folder';
  expect(await doctor(project)).toMatchObject({ exit: 1, findings: [{ code: 'runtime/logs-no-folder', what }] });
  rmSync(join(project.root, 'logs'));
  symlinkSync('nowhere', join(project.root, 'logs'));
  expect(await doctor(project)).toMatchObject({ exit: 1, findings: [{ code: 'runtime/logs-lead-nowhere' }] });
  rmSync(join(project.root, 'logs'));
});

test('doctor tells what a vite.config should say, and which environment and packages are missing', async () => {
  const [backend, frontend] = [await reservePort(), await reservePort()];
  const services = {
    backend: { ...server('backend', backend), cwd: '.' },
    api: { command: '.venv/bin/python -m uvicorn app:app --port $PORT', port: await reservePort(), cwd: 'api' },
    frontend: { command: 'npm run dev', port: frontend, cwd: 'front end', dependsOn: ['backend'] },
    lost: { command: 'no-such-program-anywhere', cwd: '.' },
  };
  const project = await createProject({ files: configFile(services), generated: 'everything' });
  project.write('api/requirements.txt', 'uvicorn\n');
  project.write('front end/package.json', '{ "scripts": { "dev": "vite" }, "devDependencies": { "vite": "8" } }');
  project.write('front end/pnpm-lock.yaml', '');
  const proxy = (port: number) => `proxy: { '/api': 'http://localhost:${port}' },`;
  project.write('front end/vite.config.ts', `export default {\n  server: {\n    ${proxy(backend)}\n  },\n};\n`);
  const stranger = await startStranger(backend);
  await start(project, 'backend');

  const report = await doctor(project);

  const moved = project.status('backend').port;
  expect(moved).not.toBe(backend);
  expect(report.exit).toBe(1);
  expect(report.findings.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      code: 'venv-missing',
      remedy: '`python3 -m venv api/.venv && api/.venv/bin/pip install -r api/requirements.txt`',
    },
    { code: 'packages-missing', remedy: "`(cd 'front end' && pnpm install)`" },
    { code: 'program-missing', where: { service: 'lost' } },
    {
      code: 'vite-target',
      what: `its proxy leads to port ${backend}, but \`backend\` has ${moved} now`,
      remedy: `Write \`proxy: { '/api': process.env.BACKEND_URL ?? 'http://localhost:${moved}' },\`.`,
      where: { file: 'front end/vite.config.ts', line: 3 },
    },
  ]);
  expect(stranger.isAlive()).toBe(true);
  await expectCleanStop(project);
});

test('doctor works with a config that makes no sense, and tells what was edited, is missing or has no make target yet', async () => {
  const port = await reservePort();
  const project = await createProject({ files: configFile({ web: server('web', port) }), generated: 'everything' });
  await start(project);
  project.write('devgen.config.yaml', 'services: [');
  rmSync(join(project.root, '.devgen/schema.json'));

  const report = await doctor(project);
  const text = await project.devgen(['doctor'], { environment: { FORCE_COLOR: '' } });

  expect(report.exit).toBe(1);
  expect(report.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'error config/syntax',
    'info config-outdated',
    'error files-missing',
  ]);
  expect(text.code).toBe(1);
  expect(text.stdout).toContain('    mend: `npx devgen generate`\n');
  expect(text.stdout).toContain('\n2 errors\n');
  const more = configFile(
    { web: server('web', port), extra: { command: 'sleep 100' } },
    { tasks: { t: { run: 'x' } } },
  );
  project.write('devgen.config.yaml', more['devgen.config.yaml'] ?? '');
  expect((await doctor(project)).findings).toMatchObject([
    { code: 'files-missing' },
    { code: 'targets-missing', severity: 'info', what: 'no make targets yet: `extra` and `t`' },
  ]);
  project.write('devgen.config.yaml', configFile({ web: server('web', port) })['devgen.config.yaml'] ?? '');
});

test('doctor finds a service that listens elsewhere than it was told, and a zombie with the parent that leaves it', async () => {
  const [told, actual] = [await reservePort(), await reservePort()];
  const script = [
    "require('node:http').createServer((_, answer) => answer.end()).listen(Number(process.argv[2]));",
    "require('node:child_process').spawn('python3', ['-c',",
    "  'import os, time; os.fork() or os._exit(0); time.sleep(600)'], { stdio: 'inherit' });",
  ];
  const project = await createProject({
    files: {
      'stray.cjs': script.join('\n'),
      ...configFile({ web: { command: `node stray.cjs ${actual}`, port: told, health: { command: 'true' } } }),
    },
    generated: 'everything',
  });
  await project.dev(['start', 'web', '--timeout', '3s']);

  const findings = await waitUntil(async () => {
    const report = await doctor(project, 'web');
    return report.findings.some(({ code }) => code === 'zombie') && report.findings;
  });

  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'zombie',
      severity: 'warning',
      remedy: expect.stringMatching(/^`\.\/dev restart web` ends/),
    }),
  );
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'other-port', what: `\`web\` was given port ${told}, but listens on ${actual}` }),
  );
  await expectCleanStop(project);
});

test('ps lists the runs of every checkout from any folder, and what ends one whose folder is gone', async () => {
  const [one, other] = [await reservePort(), await reservePort()];
  const first = await createProject({ files: configFile({ web: server('web', one) }), generated: true, name: 'first' });
  const second = await createProject({
    files: configFile({ api: server('api', other) }),
    generated: true,
    name: 'second',
  });
  first.write('.git/HEAD', 'ref: refs/heads/feature/x\n');
  await start(first);
  await start(second);
  const list = async (): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const listed = await first.devgen(['ps', '--json'], { cwd: '/' });
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    const roots = [first.root, second.root];
    const { runs } = JSON.parse(listed.stdout) as { readonly runs: readonly { readonly path: string }[] };
    return roots.flatMap((root) => runs.filter(({ path }) => path === root));
  };

  expect(await list()).toMatchObject([
    {
      path: first.root,
      project: 'test',
      branch: 'feature/x',
      service: 'web',
      state: 'ready',
      port: one,
      folder: 'there',
    },
    { path: second.root, branch: null, service: 'api', state: 'ready', port: other, pid: pidOf(second, 'api') },
  ]);
  await killSupervisor(second);
  rmSync(second.root, { recursive: true });

  const [, gone] = await list();
  const text = await first.dev(['ps']);
  expect(gone).toMatchObject({ path: second.root, service: 'api', folder: 'gone', endedBy: `kill -- -${gone?.pid}` });
  expect(text.stdout).toContain(`its folder is gone; \`kill -- -${gone?.pid}\` ends it`);
  killQuietly(-Number(gone?.pid), 'SIGTERM');
  await waitUntil(async () => (await list()).length === 1);
});
