import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { COMMAND_TABLE } from '../../src/cli/command-table.ts';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project } from '../rig/project.ts';
import type { Finished } from '../rig/run.ts';
import { startStranger } from '../rig/stranger.ts';

/** The commands of which a document was seen and found to be as the published schema says. */
const seen = new Set<string>();

test('every command takes --json', () => {
  const without = COMMAND_TABLE.filter(({ options }) => !options.some(({ name }) => name === 'json'));
  expect(without.map(({ name }) => name)).toEqual([]);
});

test('with --json a command of the runtime prints one document on one line of stdout, and nothing else', {
  timeout: 90_000,
}, async () => {
  const { project, port } = await create();
  const said = async (line: string) => documentOf(await project.dev([...line.split(' '), '--json']), line);

  expect(await said('setup --dry-run')).toMatchObject({ steps: [{ step: 'env', outcome: 'stale' }] });
  expect(await said('setup')).toMatchObject({ steps: [{ step: 'env', outcome: 'ran', blank: ['KEY'] }] });
  expect(await said('up backend')).toMatchObject({ services: [{ service: 'backend', outcome: 'started' }] });
  expect(await said('wait')).toEqual({
    schemaVersion: 1,
    outcome: 'ready',
    services: [{ service: 'backend', state: 'ready', url: `http://localhost:${port}` }],
  });
  expect(await said('run build')).toEqual({
    schemaVersion: 1,
    task: 'build',
    exitCode: 0,
    tasks: [{ task: 'build', outcome: 'done', exitCode: null }],
    output: ['1'],
  });
  expect(await said('health')).toMatchObject({ services: [{ verdict: 'healthy' }] });
  expect(await said('logs -n 1')).toMatchObject({ lines: [{ service: 'backend' }] });
  expect(await said('errors')).toEqual({ schemaVersion: 1, errors: [] });
  expect(await said('settle')).toMatchObject({ outcome: 'well', errors: [] });
  expect(await said('status --all --resources')).toMatchObject({ services: [{ resources: {} }], system: {} });
  expect(await said('status --graph')).toMatchObject({ services: [{ service: 'backend' }], edges: [] });
  expect(await said('reload')).toMatchObject({ restart: [], services: [] });
  expect(await said('env')).toMatchObject({ variables: { BACKEND_PORT: String(port) } });
  expect(await said('url')).toMatchObject({ service: 'backend', url: `http://localhost:${port}` });
  expect(await said(`port ${port}`)).toMatchObject({ state: 'held', holders: [{}] });
  expect(await said('tasks')).toMatchObject({ tasks: [{ name: 'build' }] });
  expect(await said('ps')).toMatchObject({ runs: expect.arrayContaining([]) });
  expect(await said('doctor')).toMatchObject({ project: 'test', findings: expect.any(Array) });
  expect(await said('hooks')).toMatchObject({ hooks: ['command'], failures: [] });
  expect(await said('hooks test')).toMatchObject({ outcomes: [{ hook: 'command', problem: null }] });
  expect(await said('restart backend')).toMatchObject({ services: [{ outcome: 'restarted' }] });
  expect(await said('metrics')).toMatchObject({ services: [{ responses: {} }] });
  expect(await said('history')).toMatchObject({ events: expect.any(Array), earlier: 0 });
  expect(await said('config')).toMatchObject({ settings: expect.any(Array) });
  expect(await said('config set logs.keep 5')).toMatchObject({ key: 'logs.keep', value: '5', outcome: 'changed' });
  expect(await said('config get logs.keep')).toMatchObject({ value: 5 });
  expect(await said(`kill-port ${port}`)).toMatchObject({
    port,
    outcome: 'refused',
    holders: [{ relation: { kind: 'sibling-service' } }],
  });
  expect(await said('check')).toMatchObject({ ok: true });
  expect(await said('completion bash')).toMatchObject({ shell: 'bash', script: expect.stringContaining('complete') });
  expect(await said('clean')).toMatchObject({ what: 'old', kept: ['backend'] });
  expect(await said('kill')).toMatchObject({ services: [{ outcome: 'stopped' }] });
  expect(await said('nuke --yes')).toMatchObject({ outcome: 'ended', left: [] });
  expect(await said('clean --all')).toMatchObject({ what: 'all', kept: [] });
  expect(await said('version')).toEqual({ schemaVersion: 1, version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect(await said('--version')).toEqual(await said('version'));
});

test('status --json has what a caller can use, and with --detailed all that devgen knows', async () => {
  const { project, port } = await create();
  await project.dev(['start']);
  const { pid } = project.status('backend');

  const short = documentOf(await project.dev(['status', '--json']), 'status');
  const whole = documentOf(await project.dev(['status', '--detailed', '--json']), 'status');

  expect(short).toEqual({
    schemaVersion: 1,
    project: 'test',
    services: [
      {
        service: 'backend',
        state: 'ready',
        wanted: 'up',
        pid,
        port,
        wantedPort: port,
        url: `http://localhost:${port}`,
        startedAt: expect.any(String),
        restarts: 0,
        health: {
          verdict: 'healthy',
          checkedAt: expect.any(String),
          responseMs: expect.any(Number),
          grade: expect.any(String),
        },
        lastExit: null,
        failure: null,
        changed: [],
        log: 'logs/backend.log',
        supervised: true,
      },
    ],
  });
  const { fingerprint: _, ...status } = project.status('backend');
  expect(whole.services).toEqual([
    { ...status, changed: [], supervised: true, listening: [port], connections: expect.any(Number) },
  ]);
});

test('start --json --events prints each event on a line of its own, and the outcome last', async () => {
  const { project, port } = await create();

  const finished = await project.dev(['start', '--json', '--events']);

  const documents = finished.stdout
    .trim()
    .split('\n')
    .map((line) => documentOf({ ...finished, stdout: `${line}\n` }, 'start'));
  expect(documents).toMatchObject([
    { schemaVersion: 1, event: { kind: 'starting', service: 'backend', port } },
    { schemaVersion: 1, event: { kind: 'ready', service: 'backend' } },
    { schemaVersion: 1, services: [{ service: 'backend', outcome: 'started' }] },
  ]);
});

test('kill-port --yes --json says which stranger it ended', async () => {
  const { project } = await create();
  const port = await reservePort();
  const stranger = await startStranger(port);

  const unconfirmed = await project.dev(['kill-port', String(port), '--json']);
  const ended = await project.dev(['kill-port', String(port), '--yes', '--json']);

  expect(errorOf(unconfirmed, 'kill-port')).toMatchObject({ code: 'usage/unconfirmed' });
  expect(documentOf(ended, 'kill-port')).toMatchObject({ port, outcome: 'ended', holders: [{ pid: stranger.pid }] });
});

test('what goes wrong is a document too, with the exit code that it has in words', async () => {
  const { project } = await create();

  for (const [line, exit, error] of [
    ['statu', 2, { code: 'usage/unknown-command', hint: 'Did you mean `./dev status`?', place: null }],
    ['status --forse', 2, { code: 'usage/unknown-option' }],
    ['status bakend', 2, { code: 'usage/unknown-service', hint: 'Did you mean `backend`?' }],
    ['url backend', 1, { code: 'runtime/not-running' }],
    ['run bild', 2, { code: 'usage/unknown-task' }],
    ['generate', 2, { code: 'usage/generator' }],
    ['help statu', 2, { code: 'usage/unknown-command' }],
  ] as const) {
    const finished = await project.dev([...line.split(' '), '--json']);
    expect({ line, exit: finished.code, error: errorOf(finished, line) }).toMatchObject({ line, exit, error });
    expect((await project.dev(line.split(' '))).code, line).toBe(finished.code);
  }
});

test('a mistake in the config has its place, and several mistakes are all there', async () => {
  const { project } = await create();
  project.write(
    'devgen.config.yaml',
    'services:\n  backend: { command: x, prot: 5 }\n  web: { command: y, cwdd: z }\n',
  );

  const finished = await project.dev(['start', '--json']);

  const document = documentOf(finished, 'start');
  expect(finished.code).toBe(2);
  expect(document.error).toMatchObject({ code: 'config/unknown-key', place: { file: 'devgen.config.yaml', line: 2 } });
  expect(document.errors).toMatchObject([{ place: { line: 2 } }, { place: { line: 3 } }]);
});

test('a stop that works on the last config says so on stderr, and its answer is the one document', async () => {
  const { project } = await create();
  await project.dev(['start']);
  project.write('devgen.config.yaml', 'services: 7\n');

  const stopped = await project.dev(['stop', '--json']);

  expect(stopped).toMatchObject({ code: 0, stderr: expect.stringContaining('going by the configuration as it was') });
  expect(documentOf(stopped, 'stop')).toMatchObject({ services: [{ service: 'backend', outcome: 'stopped' }] });
});

test('help --json lists every command with its options and effect, and the exit codes', async () => {
  const { project } = await create();

  const document = documentOf(await project.dev(['help', '--json']), 'help');
  const one = documentOf(await project.dev(['help', 'nuke', '--json']), 'help');

  expect(document.commands).toMatchObject(
    COMMAND_TABLE.map(({ name, summary, effect }) => ({ name, summary, effect })),
  );
  expect(one.commands).toMatchObject([{ name: 'nuke', side: 'runtime', effect: 'destroys', argument: null }]);
  expect(document.exitCodes).toContainEqual({ code: 2, meaning: 'wrong arguments or configuration' });
});

test('with --json a command of the generator prints one document', async () => {
  const { project } = await create();
  rmSync(join(project.root, 'scripts/aliases.sh'));
  const said = async (line: string) => documentOf(await project.devgen([...line.split(' '), '--json']), line);

  expect(await said('detect')).toMatchObject({ services: expect.any(Array) });
  expect(await said('export')).toMatchObject({ formats: [{ name: 'systemd' }, {}, {}, {}, {}, {}] });
  expect(await said('export compose')).toMatchObject({ format: 'compose', files: [{}] });
  expect(await said('export procfile --write')).toMatchObject({ command: 'export', outcome: 'written' });
  expect(await said('generate --dry-run')).toMatchObject({
    command: 'generate',
    outcome: 'would-change',
    files: [{ change: 'created', path: 'scripts/aliases.sh' }],
  });
  expect(await said('check')).toMatchObject({ outcome: 'would-change' });
  expect(await said('generate')).toMatchObject({ outcome: 'written', backup: null });
  expect(await said('upgrade')).toMatchObject({ command: 'upgrade', outcome: 'up-to-date', files: [] });
  expect(await said('init --yes')).toMatchObject({ command: 'init', outcome: 'up-to-date' });
  expect(await said('restore --list')).toMatchObject({ backups: expect.any(Array) });
  expect(await said('eject --dry-run')).toMatchObject({ command: 'eject', outcome: 'would-change' });
  expect(await said('uninstall')).toMatchObject({ error: { code: 'usage/unconfirmed' } });
  expect(await said('uninstall --yes')).toMatchObject({ command: 'uninstall', outcome: 'written' });
});

test('of every command a document was seen; the others wait for a terminal, a browser or a client', () => {
  const unseen = COMMAND_TABLE.map(({ name }) => name).filter((name) => !seen.has(name));
  expect(unseen).toEqual(['top', 'ui', 'open', 'mcp']);
  expect(seen).toContain('error');
});

const schemas = new Ajv({ strict: false });

async function create(): Promise<{ readonly project: Project; readonly port: number }> {
  const port = await reservePort();
  const tasks = { build: { run: 'node -e "console.log(1)"' } };
  const setup = { env: { copy: '.env.example', to: '.env' } };
  const config = configFile({ backend: server('backend', port) }, { tasks, setup, hooks: { command: 'cat' } });
  const project = await createProject({ files: { ...config, '.env.example': 'KEY=\n' }, generated: 'everything' });
  if (schemas.getSchema('output') === undefined) {
    schemas.addSchema(JSON.parse(project.read('.devgen/output.schema.json')), 'output');
  }
  return { project, port };
}

/** What a program reads: the only line of stdout, as the published schema says of that command, or of an error. */
function documentOf({ stdout, stderr }: Finished, line: string): Readonly<Record<string, unknown>> {
  expect(stdout, `${line}\n${stderr}`).toMatch(/^\{"schemaVersion":1,.*\}\n$/);
  const document = JSON.parse(stdout);
  const [command = ''] = line.split(' ');
  const name = 'error' in document && !('steps' in document) ? 'error' : command.replace('--version', 'version');
  const accepts = schemas.getSchema(`output#/definitions/${name}`);
  expect(accepts?.(document), `${line}: ${JSON.stringify(accepts?.errors?.slice(-3))}\n${stdout}`).toBe(true);
  seen.add(name);
  return document;
}

function errorOf(finished: Finished, line: string): unknown {
  return documentOf(finished, line).error;
}
