import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const golden = join(import.meta.dirname, '../golden/generate');
const shell = ['dev', 'scripts/aliases.sh', 'scripts/start-backend.sh', 'dot-devgen/completion/dev.bash'];
const make = ['Makefile', 'dot-devgen/devgen.mk'];

/** What macOS has only where GNU's own tools were installed; a BSD tool of that name fails on it or means another thing. */
const GNU_ONLY: Readonly<Record<string, RegExp>> = {
  sed: /\bsed\s+(?:-\w*[ri]|--)/,
  readlink: /\breadlink\s+-/,
  realpath: /(?<!builtin )\brealpath\b/, // A builtin of fish.
  grep: /\bgrep\s+(?:-\w*P|--)/,
  date: /\bdate\s+(?:-d|--|\+%\S*N)/,
  stat: /\bstat\s+(?:-c|--)/,
  xargs: /\bxargs\s+(?:-\w*[rd]|--)/,
  sort: /\bsort\s+(?:-\w*V|--)/,
  head: /\b(?:head|tail)\s+-\w+\s+-\d/,
  ps: /\bps\s+--/,
  ls: /\bls\s+--/,
  mktemp: /\bmktemp\s+(?:--|-p)/,
  timeout: /(?:^|[|;&(]\s*)timeout\s/m,
  setsid: /\bsetsid\b/,
  echo: /\becho\s+-[en]/,
  '/proc': /\/proc\//,
};

/** What bash 3.2, which macOS has, does not know. */
const LATER_BASH: Readonly<Record<string, RegExp>> = {
  'associative arrays': /\b(?:declare|local|typeset)\s+-\w*[An]/,
  mapfile: /\b(?:mapfile|readarray)\b/,
  'case of words': /\$\{\w+(?:\^|,)/,
  '|& and &>>': /\|&|&>>/,
  'case that falls through': /;;?&/,
  'last element': /\[-1\]/,
  coproc: /\bcoproc\b/,
  compopt: /\bcompopt\b/,
  'elements by printf': /\bprintf -v \w+\[/,
  'whether a variable is set': /\[\[ -v/,
};

/** What GNU make 3.81, which macOS has, does not know. */
const LATER_MAKE: Readonly<Record<string, RegExp>> = {
  'assignment of a shell': /^\s*\w+\s*!=/m,
  'POSIX assignment': /::=/,
  ONESHELL: /\.ONESHELL/,
  'functions of 4': /\$\((?:file|guile|let|intcmp)\s/,
  undefine: /^\s*undefine\b/m,
  'grouped targets': /^\S.*&:/m,
};

function found(files: readonly string[], forbidden: Readonly<Record<string, RegExp>>): readonly string[] {
  return files.flatMap((file) => {
    const code = readFileSync(join(golden, file), 'utf8').replace(/^\s*#.*$/gm, '');
    return Object.keys(forbidden).flatMap((name) => (forbidden[name]?.test(code) === true ? [`${file}: ${name}`] : []));
  });
}

test('generated scripts ask nothing of the tools that only those of GNU know', () => {
  expect(found([...shell, ...make], GNU_ONLY)).toEqual([]);
});

test('generated scripts need nothing that bash 3.2 does not know', () => {
  expect(found(shell, LATER_BASH)).toEqual([]);
});

test('generated targets need nothing that GNU make 3.81 does not know', () => {
  expect(found(make, LATER_MAKE)).toEqual([]);
});

test('what is forbidden is found', () => {
  const code = 'sed -i s/a/b/ x; readlink -f y; declare -A z; a != b; v ::= w';
  const all = { ...GNU_ONLY, ...LATER_BASH, 'POSIX assignment': /::=/ };
  const hits = Object.entries(all).flatMap(([name, pattern]) => (pattern.test(code) ? [name] : []));
  expect(hits).toEqual(['sed', 'readlink', 'associative arrays', 'POSIX assignment']);
});
