import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandNames, isCommandName, serviceActions, traitsOf } from '../../src/base/commands.ts';
import { expandShorthand } from '../../src/cli/arguments/expand-shorthand.ts';
import { COMMAND_TABLE, findRow } from '../../src/cli/command-table.ts';
import { FRONT_ROWS } from '../../src/cli/rows/front-rows.ts';
import { sideOf } from '../../src/cli/rows/row.ts';
import { checkNames } from '../../src/config/check-names.ts';
import { outlineOf } from '../../src/config/config-outline.ts';
import { renderCompletionWords } from '../../src/generate/emit/completion-words.ts';
import { makeTargets } from '../../src/generate/make/make-targets.ts';
import { repository } from '../rig/project.ts';
import { codeOnly, readSourceFiles } from '../rig/source-files.ts';

const PROJECT = { aliasPrefix: 'bot', services: [{ name: 'backend' }], tasks: [] };
const NAMES = { services: ['backend'], tasks: [] };

it('a service cannot have the name of a command', () => {
  const refused = COMMAND_TABLE.filter(({ name }) => mistakesOf({ services: [name], tasks: [] }).length === 1);
  expect(refused).toEqual(COMMAND_TABLE);
});

it('neither a service nor a task can be called as an action of a service is', () => {
  const words = serviceActions().map(({ word }) => `backend-${word}`);
  const asServices = words.filter((word) => mistakesOf({ services: ['backend', word], tasks: [] }).length === 1);
  const asTasks = words.filter((word) => mistakesOf({ services: ['backend'], tasks: [word] }).length === 1);
  expect({ asServices, asTasks }).toEqual({ asServices: words, asTasks: words });
});

it('every action of a service is understood, completed and a make target', () => {
  const words = serviceActions().map(({ word }) => `backend-${word}`);
  const commands = COMMAND_TABLE.filter((row) => sideOf(row) === 'runtime');
  const completed = renderCompletionWords(PROJECT, commands).split('\n');
  const { targets } = makeTargets(PROJECT, () => false);
  expect(words.filter((word) => expandShorthand([word], NAMES).kind === 'command')).toEqual(words);
  expect(words.filter((word) => completed.some((line) => line.startsWith(`.- ${word} `)))).toEqual(words);
  expect(words.filter((word) => targets.some(({ names }) => names.includes(word)))).toEqual(words);
});

it('a make target hands on PORT where the command has --port, and only there', () => {
  const withPort = COMMAND_TABLE.filter(({ options }) => options.some(({ name }) => name === 'port'));
  expect(commandNames().filter((name) => traitsOf(name).takesPort)).toEqual(withPort.map(({ name }) => name));
});

it('the aliases are those that the table promises', () => {
  const template = readFileSync(join(repository, 'templates/aliases.sh'), 'utf8');
  const functions = [...template.matchAll(/^function @PREFIX@-(\w+)/gm)].map(([, name]) => name);
  expect([...new Set(functions)]).toEqual(commandNames().filter((name) => traitsOf(name).hasAlias));
});

it('the front explains its commands as everything else does', () => {
  for (const [name, { positional, options, summary }] of Object.entries(FRONT_ROWS)) {
    if (!isCommandName(name)) expect.unreachable();
    else expect(findRow(name)).toMatchObject({ positional, options, summary });
  }
});

it('no file of the sources lists commands for itself', () => {
  const names = commandNames().join('|');
  const inArray = new RegExp(`(?:['"](?:${names})['"],\\s*){2}['"](?:${names})['"]`);
  const inPattern = new RegExp(`/[^/\\n]*\\b(?:${names})\\|(?:${names})\\|(?:${names})\\b[^\\n]*/`);
  const listing = readSourceFiles().filter(({ text }) => inArray.test(text) || inPattern.test(codeOnly(text)));
  expect(listing.map(({ path }) => path)).toEqual([]);
});

function mistakesOf({ services, tasks }: { readonly services: readonly string[]; readonly tasks: readonly string[] }) {
  const outline = outlineOf({ services: keyed(services), tasks: keyed(tasks) });
  return checkNames(outline, () => ({ file: 'devgen.config.yaml' }));
}

function keyed(names: readonly string[]): Readonly<Record<string, object>> {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
