import { expect, test } from 'vitest';
import { dropServers, emptyServers, foreignServers, putServers } from '../../src/generate/json/mcp-servers.ts';
import { findServers } from '../../src/manifest/mcp-servers.ts';
import { createFixture } from './project-fixture.ts';

const KIND = 'mcp-servers';
const OWN = '"devgen": {"command":"node","args":[".devgen/runtime/front.cjs","mcp"]}\n';

test.each([
  ['no server', '{ "mcpServers": {} }'],
  ['none, over two lines', emptyServers(KIND)],
  ['tabs and carriage returns', '{\r\n\t"mcpServers": {\r\n\t\t"a": {\r\n\t\t\t"command": "a"\r\n\t\t}\r\n\t}\r\n}'],
  ['all on one line, and more', '{"x":1,"mcpServers":{"a":{"command":"a","args":["mcp"]},"b":{"url":"http://b"}}}'],
])('a .mcp.json with %s takes ours and gives it back, byte by byte', (_, text) => {
  const put = putServers(KIND, text, OWN) ?? '';
  expect(JSON.parse(put).mcpServers.devgen).toEqual({ command: 'node', args: ['.devgen/runtime/front.cjs', 'mcp'] });
  expect(findServers(KIND, put)).toEqual({ kind: 'found', body: OWN });
  expect(foreignServers(KIND, put)).toEqual(foreignServers(KIND, text));
  expect(putServers(KIND, put, OWN)).toBe(put);
  expect(dropServers(KIND, put)).toBe(text);
});

test.each(['', '[]', '{}', '{ "mcpServers": [] }', '{ "mcpServers": {'])('%j takes none', (text) => {
  expect([findServers(KIND, text).kind, foreignServers(KIND, text)]).toEqual(['damaged', undefined]);
});

test('a server of the user’s that has our name stays the only one of that name', async () => {
  const text = '{ "mcpServers": { "devgen": { "command": "mine" } } }';
  const project = createFixture({ '.mcp.json': text });
  await project.generate();
  expect(project.read('.mcp.json')).toBe(text);
});
