import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ServiceConfig } from '../../src/config/service-schema.ts';
import { dollars, ODD_VALUES, type Sample, template } from './export-fixture.ts';

/** What a run of the odd service wrote down about itself. */
export interface Report {
  readonly variables: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly folder: string;
}

const NAMES = ODD_VALUES.map((_, index) => `V${index}`);
const SECRET = 'a$b "c" d';

/** A project whose one service reports every odd value as a variable and as a word, then ends. */
export function oddSample(root: string): Sample {
  const folder = join(root, "it's odd");
  mkdirSync(folder);
  writeFileSync(join(root, '.env'), `SECRET='${SECRET}'\nPORT=1\n`);
  const file = join(root, 'report.json');
  const script = `const pick = (names) => Object.fromEntries(names.map((name) => [name, process.env[name]]));
    require("fs").writeFileSync(${JSON.stringify(file)}, JSON.stringify({ folder: process.cwd(),
    words: process.argv.slice(1),
    variables: pick(${JSON.stringify([...NAMES, 'WITH_SECRET', 'PORT', 'PATH'])}) }))`;
  const words = NAMES.map((name) => `$${name} "$${name}"`).join(' ');
  const odd: ServiceConfig = {
    command: `${process.execPath} -e '${script.replace(/\s+/g, ' ')}' -- ${words} $NONE "$NONE" $PORT`,
    cwd: "it's odd",
    port: 4321,
    before: 'echo before >> ../before.txt # really',
    restart: 'never',
    env: {
      ...Object.fromEntries(NAMES.map((name, index) => [name, template(ODD_VALUES[index] ?? '')])),
      WITH_SECRET: dollars('<§{SECRET}>'),
      PATH: './bin:$PATH',
    },
  };
  return {
    services: { odd },
    root,
    dotenv: { SECRET, PORT: '1' },
    envFiles: { root: ['.env'], services: {} },
  };
}

/** Runs a command line as the other system would, with just these variables. */
export function perform(words: readonly string[], variables: Readonly<Record<string, string>>, cwd: string): void {
  const [file = '', ...rest] = words;
  const environment = { PATH: '/usr/bin:/bin', ...variables };
  const { stderr } = spawnSync(file, rest, {
    cwd,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(stderr).toBe('');
}

/** Every value arrived unchanged, as a variable, as a word, and as a quoted word; `before` ran first. */
export function expectArrival(root: string): void {
  expect(existsSync(join(root, 'before.txt'))).toBe(true);
  const report: Report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8'));
  for (const [index, name] of NAMES.entries()) expect(report.variables[name]).toBe(ODD_VALUES[index]);
  // An unquoted variable that is empty is no word.
  const words = ODD_VALUES.flatMap((value) => (value === '' ? [value] : [value, value]));
  expect(report.words).toEqual([...words, '', '4321']);
  expect(report.variables).toMatchObject({ WITH_SECRET: `<${SECRET}>`, PORT: '4321' });
  expect(report.variables.PATH).toMatch(/^\.\/bin:.*\/bin/);
  expect(report.folder).toBe(join(root, "it's odd"));
}
