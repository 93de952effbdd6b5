import { expect, test } from 'vitest';
import { foreignCodexServers } from '../../src/generate/emit/codex-servers.ts';
import { dropServers, emptyServers, putServers } from '../../src/generate/json/mcp-servers.ts';
import { uninstallProject } from '../../src/generate/uninstall.ts';
import { findServers, type ServerKind } from '../../src/manifest/mcp-servers.ts';
import { createFixture, NOW } from './project-fixture.ts';

const ARGS = '[".devgen/runtime/front.cjs","mcp"]';
const OWN = `"devgen": {"command":"node","args":${ARGS}}\n`;

test.each<[ServerKind, string]>([
  [
    'vscode-mcp-servers',
    '{\n  // ours\n  "servers": {\n    "a": { "command": "a" }, // first\n  },\n  "inputs": []\n}\n',
  ],
  ['vscode-mcp-servers', emptyServers('vscode-mcp-servers')],
  ['zed-mcp-servers', '// Zed settings\n{\n  "theme": "One",\n  "context_servers": {},\n}\n'],
  ['zed-mcp-servers', '// Zed settings\n{\n  "theme": "One", // light\n}\n'],
  ['zed-mcp-servers', '{\r\n\t"theme": "One"\r\n}'],
  ['zed-mcp-servers', '{}'],
  ['vscode-mcp-servers', '{ "inputs": [] }\n'],
])('a file of %s takes our server and gives it back, byte by byte', (kind, text) => {
  const put = putServers(kind, text, OWN) ?? '';
  expect(findServers(kind, put)).toEqual({ kind: 'found', body: OWN });
  expect(putServers(kind, put, OWN)).toBe(put);
  expect(dropServers(kind, put)).toBe(text);
});

test('a list that was made for our server stays as long as another server is in it', () => {
  const put = putServers('zed-mcp-servers', '{\n}\n', OWN) ?? '';
  const more = put.replace('"context_servers": {', '"context_servers": {\n    "mine": { "command": "a" },');
  const left = '{\n  "context_servers": {\n    "mine": { "command": "a" }\n    /* made by devgen */\n  }\n}\n';
  expect(dropServers('zed-mcp-servers', more)).toBe(left);
});

test.each([
  ['[mcp_servers."devgen"]\n', ['devgen']],
  ["[mcp_servers.'devgen']\n", ['devgen']],
  ['[mcp_servers]\ndevgen = { command = "mine" }\n', ['devgen']],
  ['mcp_servers = { devgen = { command = "mine" } }\n', ['devgen']],
  ['[mcp_servers]\na = { command = "a" }\n[mcp_servers."b c".env]\nX = "1"\n', ['a', 'b c']],
  ['mcp_servers.a.command = "a"\n', ['a']],
  ['model = "x"\n', []],
])('the servers of %j are known to be %j', (text, names) => {
  expect([...(foreignCodexServers(text) ?? [])]).toEqual(names);
});

test.each(['mcp_servers = { a = { command = "a" } }\n', '[[mcp_servers]]\n', 'model = \n'])(
  'behind %j there can be no table of ours',
  async (text) => {
    expect(foreignCodexServers(text)).toBeUndefined();
    const project = createFixture({ '.codex/config.toml': text });
    await project.generate({ emit: { mcpCodex: true } });
    expect(project.read('.codex/config.toml')).toBe(text);
  },
);

const TOML = 'model = "x"\n\n[mcp_servers.other]\ncommand = "other"\n';

test('each client finds the server where it looks, and loses it again', async () => {
  const before = {
    '.codex/config.toml': TOML,
    '.vscode/mcp.json': '{ "servers": { "a": { "command": "a" } } }\n',
    '.zed/settings.json': '{\n  // mine\n  "theme": "One"\n}\n',
  };
  const emit = { mcpCursor: true, mcpVscode: true, mcpCodex: true, mcpZed: true, skill: true };
  const project = createFixture(before);
  await project.generate({ emit });
  const inFolder = {
    command: 'node',
    args: ['$FOLDER/.devgen/runtime/front.cjs'.replace('$FOLDER', '\u0024{workspaceFolder}'), 'mcp'],
  };
  expect(JSON.parse(project.read('.cursor/mcp.json')).mcpServers).toEqual({ devgen: inFolder });
  expect(JSON.parse(project.read('.vscode/mcp.json')).servers).toMatchObject({ a: {}, devgen: inFolder });
  expect(project.read('.zed/settings.json')).toMatch(/"context_servers": {\n {4}"devgen": {\n {6}"command": "node"/);
  const codex = project.read('.codex/config.toml');
  expect(codex.startsWith(TOML)).toBe(true);
  expect(codex).toContain(`\n[mcp_servers.devgen]\ncommand = "node"\nargs = [".devgen/runtime/front.cjs", "mcp"]\n`);
  expect(project.read('.claude/skills/dev-servers/SKILL.md')).toMatch(
    /^---\nname: dev-servers\n[\s\S]*`\.\/dev settle`/,
  );

  await uninstallProject({ root: project.root, mode: 'write', force: 'refuse', config: 'remove', now: NOW });
  const left = Object.entries(project.files()).filter(([path]) => !path.startsWith('.devgen/backups/'));
  expect(left.map(([path]) => path).sort()).toEqual(Object.keys(before).sort());
  for (const [path, text] of Object.entries(before)) expect(project.read(path)).toBe(text);
});

test('a server of the user’s that has our name stays the only one of that name', async () => {
  const text = '[mcp_servers.devgen]\ncommand = "mine"\n';
  const project = createFixture({ '.codex/config.toml': text });
  await project.generate({ emit: { mcpCodex: true } });
  expect(project.read('.codex/config.toml')).toBe(text);
});

test('a file where a client has its folder is left as it is, and everything else is generated', async () => {
  const project = createFixture({ '.codex': '', '.cursor': '' });
  expect(await project.generate({ emit: { mcpCodex: true } })).toMatchObject({ outcome: 'written' });
  expect(project.read('.codex')).toBe('');
});
