import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client as HandshakeClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as HandshakeTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, onTestFinished, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { killQuietly } from '../rig/processes.ts';
import { createProject, type Project } from '../rig/project.ts';
import { waitUntil } from '../rig/wait-until.ts';

const INFO = { name: 'test', version: '1' };
const MOST_BYTES = 8192;

/** What both lines of clients have in common. */
interface AnyClient {
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: { name: string; arguments: Readonly<Record<string, unknown>> }): Promise<object>;
  listResources(): Promise<{ resources: { uri: string }[] }>;
  readResource(params: { uri: string }): Promise<{ contents: object[] }>;
  close(): Promise<void>;
}

const CLIENTS: readonly (readonly [string, (project: Project) => Promise<AnyClient>])[] = [
  [
    'the client of the first line',
    async (project) => {
      const client = new HandshakeClient(INFO);
      await client.connect(new HandshakeTransport(programOf(project)));
      return client as AnyClient;
    },
  ],
  [
    'the client of the second line, with the stateless revision',
    async (project) => {
      const client = new ModernClient(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
      await client.connect(new ModernTransport(programOf(project)));
      return client as AnyClient;
    },
  ],
];

test.each(CLIENTS)(
  '%s lists and calls every tool, each in at most 8 KB',
  async (_, connect) => {
    const { project, port } = await create();
    const client = await connect(project);
    const call = async (name: string, given: Readonly<Record<string, unknown>> = {}) => {
      const result = await client.callTool({ name, arguments: given });
      expect(JSON.stringify(result).length).toBeLessThanOrEqual(MOST_BYTES);
      return result;
    };

    const { tools } = await client.listTools();
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['devgen://status', 'devgen://log/web']);
    expect(tools.map(({ name }) => name)).toEqual([
      'status',
      'start',
      'stop',
      'restart',
      'settle',
      'errors',
      'logs',
      'run',
    ]);
    expect(project.processes().filter(isSupervisor), 'to be listed starts nothing').toEqual([]);

    expect(await call('start', { names: ['web'] })).toMatchObject({
      isError: false,
      structuredContent: { services: [{ service: 'web', outcome: 'started', url: `http://localhost:${port}` }] },
    });
    expect(await call('status')).toMatchObject({
      structuredContent: { services: [{ service: 'web', state: 'ready' }] },
    });
    expect(await call('settle')).toMatchObject({ structuredContent: { outcome: 'well', cursor: expect.any(String) } });
    expect(await call('errors')).toMatchObject({ structuredContent: { errors: [] } });
    expect(await call('logs', { names: ['web'], grep: 'LISTENING', lines: 1 })).toMatchObject({
      structuredContent: { lines: [{ service: 'web', text: `web: listening on ${port}` }] },
    });
    expect(await client.readResource({ uri: 'devgen://log/web' })).toMatchObject({
      contents: [{ text: expect.stringContaining(`listening on ${port}\n`) }],
    });
    expect(await call('run', { task: 'say', args: ['--json', 'x y'] })).toMatchObject({
      isError: false,
      structuredContent: {
        task: 'say',
        exitCode: 3,
        output: expect.arrayContaining(['***', '--json|x y|']),
        isCut: true,
      },
    });
    expect(await call('run', { task: 'after' }), 'what failed tells, not what was not run').toMatchObject({
      structuredContent: { task: 'after', exitCode: 3, output: expect.arrayContaining(['***', '|']) },
    });
    expect(await call('restart')).toMatchObject({ structuredContent: { services: [{ outcome: 'restarted' }] } });
    expect(await call('stop')).toMatchObject({ structuredContent: { services: [{ outcome: 'stopped' }] } });
    expect(await call('start', { names: ['--force'] })).toMatchObject({
      isError: true,
      structuredContent: { error: { code: 'usage/arguments' } },
    });
    await expect(client.callTool({ name: 'nuke', arguments: {} })).rejects.toThrow('Unknown tool');
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow('Resource not found');
    await client.close();
  },
  120_000,
);

const PING = { jsonrpc: '2.0', id: 7, method: 'ping' };
const VERSION = 'io.modelcontextprotocol/protocolVersion';
const META = { [VERSION]: '1900-01-01' };
const LONG = 'x'.repeat(900_000);
const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const NUL = { task: 'say', args: ['a\u0000b'] };

function callOf(method: string, params: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...PING, method, params });
}

test('what is no request gets a protocol error, and the next request its answer', async () => {
  const { project } = await create();
  const cases: readonly (readonly [line: string, answer: object | null])[] = [
    ['{"jsonrpc":"2.0","id":1,"method":"pi', { error: { code: -32700 } }],
    ['\u0000\u00ff\u001b[31m', { error: { code: -32700 } }],
    ['[]', { error: { code: -32600 } }],
    ['null', { error: { code: -32600 } }],
    ['{"id":3}', { id: 3, error: { code: -32600 } }],
    ['{"jsonrpc":"2.0","id":null,"method":"ping"}', { error: { code: -32600 } }],
    ['{"jsonrpc":"2.0","id":4,"method":"ping","params":[]}', { id: 4, error: { code: -32602 } }],
    ['{"jsonrpc":"2.0","id":5,"method":"constructor"}', { id: 5, error: { code: -32601 } }],
    ['{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"toString"}}', { id: 6, error: { code: -32602 } }],
    [`"${'x'.repeat(3 * 1024 * 1024)}"`, { error: { code: -32600 } }],
    [JSON.stringify({ ...PING, params: { _meta: META } }), { id: 7, error: { code: -32022 } }],
    ['{"jsonrpc":"2.0","method":"notifications/initialized"}', null],
    ['{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}', null],
    ['{"jsonrpc":"2.0","id":8,"result":{}}', null],
    ['', null],
  ];
  const bare = await project.dev(['mcp'], { input: cases.map(([line]) => `${line}\n`).join('') });
  expect(bare, bare.stderr).toMatchObject({ code: 0, stderr: '' });
  expect(linesOf(bare.stdout)).toMatchObject(cases.flatMap(([, answer]) => answer ?? []));

  const pings = Array.from({ length: 1000 }, (_, id) => `${JSON.stringify({ ...PING, id })}\n`);
  const many = await project.dev(['mcp'], { input: pings.join('') });
  expect(linesOf(many.stdout)).toEqual(pings.map((_, id) => ({ jsonrpc: '2.0', id, result: {} })));
  const agreed = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18' } };
  const unended = await project.dev(['mcp'], { input: JSON.stringify(agreed) });
  expect(linesOf(unended.stdout)).toMatchObject([{ result: { protocolVersion: '2025-06-18' } }]);
}, 60_000);

const HOSTILE: readonly (readonly [line: string, answer: object])[] = [
  [callOf('tools/call', { name: { toString: null } }), { error: { code: -32602 } }],
  [callOf('tools/call', { name: LONG }), { error: { code: -32602 } }],
  [callOf(LONG, {}), { error: { code: -32601 } }],
  [callOf('tools/call', { name: 'status', arguments: { [LONG]: 1 } }), { result: { isError: true } }],
  [callOf('tools/call', { name: 'status', arguments: { names: [LONG] } }), { result: { isError: true } }],
  [callOf('tools/call', { name: 'run', arguments: NUL }), { result: { isError: true } }],
  [callOf('resources/read', { uri: 'DEEP' }).replace('"DEEP"', DEEP), { error: { code: -32002 } }],
  [callOf('ping', { _meta: { [VERSION]: 'DEEP' } }).replace('"DEEP"', DEEP), { error: { code: -32022 } }],
];

test('of what a client sends nothing is sent back, and none of it ends the server', async () => {
  const { project } = await create();
  const input = HOSTILE.map(([line], id) => `${line.replace('"id":7', `"id":${id}`)}\n`).join('');
  const done = await project.dev(['mcp'], { input });
  expect(done, done.stderr).toMatchObject({ code: 0, stderr: '' });
  const answers = linesOf(done.stdout) as readonly { readonly id: number }[];
  const inOrder = answers.toSorted((one, other) => one.id - other.id);
  expect(inOrder).toMatchObject(HOSTILE.map(([, answer], id) => ({ id, ...answer })));
  expect(Math.max(...inOrder.map((answer) => JSON.stringify(answer).length))).toBeLessThan(1000);
}, 60_000);

test('it ends when its client is killed, even while its input stays open', async () => {
  const { project } = await create();
  const client = spawn('sh', ['-c', './dev mcp; :'], {
    cwd: project.root,
    env: project.environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => killQuietly(client.pid ?? 0));
  const answered = new Promise((resolve) => client.stdout.once('data', resolve));
  client.stdin.write(`${JSON.stringify(PING)}\n`);
  await answered;
  expect(project.processes().length).toBe(2);
  client.kill('SIGKILL');
  await waitUntil(() => project.processes().length === 0);
  client.stdin.destroy();

  const gone = spawn('sh', ['-c', 'sleep 300 | ./dev mcp; :'], { cwd: project.root, env: project.environment });
  await waitUntil(() => project.processes().some(({ command }) => command === 'sleep 300'));
  gone.kill('SIGKILL');
  await waitUntil(() => project.processes().length === 1);
  for (const { pid } of project.processes()) killQuietly(pid);
});

test('it can be told to end while its client takes no answers, and answers what was asked before its input ended', async () => {
  const { project } = await create();
  const client = spawn('./dev', ['mcp'], { cwd: project.root, env: project.environment, stdio: 'pipe' });
  onTestFinished(() => killQuietly(client.pid ?? 0));
  const list = { jsonrpc: '2.0', method: 'tools/list' };
  client.stdin.write(Array.from({ length: 500 }, (_, id) => `${JSON.stringify({ ...list, id })}\n`).join(''));
  await new Promise((resolve) => client.stdout.once('readable', resolve));
  const ended = new Promise((resolve) => client.once('exit', resolve));
  client.kill('SIGTERM');
  expect(await ended).toBe(0);

  const asked = await project.dev(['mcp'], { input: `${callOf('tools/call', { name: 'status', arguments: {} })}\n` });
  expect(linesOf(asked.stdout)).toMatchObject([{ id: 7, result: { structuredContent: { services: [{}] } } }]);
});

async function create(): Promise<{ project: Project; port: number }> {
  const port = await reservePort();
  const files = {
    ...configFile(
      { web: server('web', port) },
      { tasks: { say: { run: 'sh say.sh' }, after: { run: 'echo after', deps: ['say'] } } },
    ),
    '.env': 'API_SECRET_KEY=correct-horse-battery\n',
    'say.sh':
      'for i in $(seq 60); do printf "%0300d\\n" "$i"; done; . ./.env; echo "$API_SECRET_KEY"; printf "%s|" "$@"; exit 3\n',
  };
  return { project: await createProject({ files, generated: true }), port };
}

function programOf({ root, environment }: Project) {
  return { command: join(root, 'dev'), args: ['mcp'], cwd: root, env: { ...environment } };
}

function isSupervisor({ command }: { readonly command: string }): boolean {
  return command.includes('supervisor.cjs');
}

function linesOf(text: string): readonly object[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
