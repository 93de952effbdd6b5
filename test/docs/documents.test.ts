import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMAND_TABLE } from '../../src/cli/command-table.ts';
import { sideOf } from '../../src/cli/rows/row.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { createProject, repository } from '../rig/project.ts';

const readme = read('README.md');
const configuration = `${readme}\n${read('docs/configuration.md')}`;
const commands = read('docs/commands.md');

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

test('the document on commands has every one, and no other', () => {
  const names = COMMAND_TABLE.map((row) => (sideOf(row) === 'generator' ? `devgen ${row.name}` : row.name));
  const table = commands.split('\n').filter((line) => line.startsWith('| `'));
  const shown = table.flatMap((line) => spansOf(line.split('|')[1] ?? ''));
  expect(shown.filter((name) => !name.startsWith('./dev')).sort()).toEqual(names.sort());
});

test('the document on commands has every option, and no other', () => {
  const options = COMMAND_TABLE.flatMap((command) => command.options);
  const known = options.flatMap(({ name, short }) => [`--${name}`, ...(short === null ? [] : [`-${short}`])]);
  const words = spansOf(commands).flatMap((span) => span.split(/[\s,]+/));
  const shown = words.filter((word) => /^--?[a-z][a-z-]*$/.test(word));
  expect([...new Set(shown)].sort()).toEqual([...new Set(known)].sort());
});

test('`--help` names every command that the document has', async () => {
  const project = await createProject();
  const { stdout } = await project.devgen(['--help']);
  const missing = COMMAND_TABLE.filter(({ name }) => !new RegExp(`^ +${name}\\b`, 'm').test(stdout));
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('the documents have every key of the config', () => {
  const shown = new Set(spansOf(configuration));
  const missing = keysOf(JSON.parse(configJsonSchema()) as SchemaNode).filter((key) => !shown.has(key));
  expect(missing).toEqual([]);
});

test('the example config of the README is right', async () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const project = await createProject({
    files: { 'devgen.config.yaml': yaml, 'backend/.keep': '', 'frontend/.keep': '' },
  });
  const generated = await project.devgen(['generate']);
  expect(generated, generated.stderr).toMatchObject({ code: 0, stderr: '' });
});

test('what the README has one type is a command, or the name of a service or task', () => {
  const daily = readme.split('## Commands\n')[1]?.split('\n## ')[0] ?? '';
  const typed = spansOf(daily).flatMap((span) => /^\.\/dev ([a-z-]+)/.exec(span)?.[1] ?? []);
  const known = new Set([...COMMAND_TABLE.map(({ name }): string => name), 'backend']);
  expect(typed.length).toBeGreaterThan(10);
  expect(typed.filter((word) => !known.has(word))).toEqual([]);
});

test.each(['README.md', 'docs/configuration.md', 'docs/commands.md', 'docs/module.md', 'docs/seeds-parity.md'])(
  'every link of %s within the repository leads somewhere',
  (file) => {
    const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const lost = links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(file, link));
    expect(lost).toEqual([]);
  },
);

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(repository, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

function read(file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}

/** What stands in backticks. */
function spansOf(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

function keysOf(node: SchemaNode): string[] {
  const nested = [node.additionalProperties, ...(node.anyOf ?? []), ...(node.allOf ?? []), ...(node.oneOf ?? [])];
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => [key, ...keysOf(child)]),
    ...nested.flatMap((child) => (typeof child === 'object' ? keysOf(child) : [])),
  ];
}
