import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveCommand } from '../../src/plan/resolve-command.ts';
import { undefinedVariables } from '../../src/plan/undefined-variables.ts';

const ENVIRONMENT = { PORT: '3000', EMPTY: '', DIR: '/a b/*', PATH: process.env.PATH ?? '' };

/** Written with `§` for the dollar sign, which would look like a template's. */
function dollars(text: string): string {
  return text.replaceAll('§', '$');
}

function resolve(text: string) {
  return resolveCommand(dollars(text), { exported: ENVIRONMENT, named: {} }).command;
}

describe('resolveCommand', () => {
  test.each<[command: string, words: readonly string[]]>([
    ['npm run dev -- --port §PORT --strictPort', ['npm', 'run', 'dev', '--', '--port', '3000', '--strictPort']],
    ['  python  -m\tuvicorn --port=§{PORT:-8000}\n', ['python', '-m', 'uvicorn', '--port=3000']],
    ['serve §{NONE:-x/§PORT}', ['serve', 'x/3000']],
    ['a §EMPTY "§EMPTY" §NONE x§EMPTY', ['a', '', 'x']],
    ['a §DIR "§DIR"', ['a', '/a b/*', '/a b/*']],
    [`a 'x y' "it's" a\\ b c'd'"e"`, ['a', 'x y', "it's", 'a b', 'cde']],
    [`a '§PORT' \\§PORT "\\§PORT" "a\\b"`, ['a', '§PORT', '§PORT', '§PORT', 'a\\b']],
    ['a x#y x~ a=b --c=d a:b % @ ^ , +', ['a', 'x#y', 'x~', 'a=b', '--c=d', 'a:b', '%', '@', '^', ',', '+']],
    ['§EMPTY a 100§', ['a', '100§']],
    ['"my program" é', ['my program', 'é']],
  ])('runs %j directly', (command, [file, ...args]) => {
    expect(resolve(command)).toEqual({ kind: 'direct', file, args: args.map(dollars) });
  });

  test.each([
    ...['a && b', 'a; b', 'a | b', 'a > b', 'a & b', '(a)', 'a\nb', 'a `b`', 'a §(b)', 'a "§(b)"', 'a §((1+1))'],
    ...['a *.js', 'a ?', 'a [x]', 'a {b,c}', '~/bin/a', 'a ~', 'a x=~/b', 'a # b', 'A=1 b', 'a §1', 'a §@', 'a §§'],
    ...['cd x', '. env', 'exec a', 'source a', 'if a', '! a', 'export A=1', 'ulimit -n 1', ': x'],
    ...[
      "a 'b",
      'a "b',
      'a b\\',
      'a §{PORT',
      'a §{PORT%0}',
      'a §{NONE:?x}',
      'a §{NONE:-"x"}',
      'a §{NONE:-x y}',
      "a §'x'",
    ],
    ...['', '§EMPTY', '§NONE'],
  ])('leaves %j to the shell', (command) => {
    expect(resolve(command)).toEqual({ kind: 'shell', text: dollars(command) });
  });

  test('makes the words that sh makes, where it does not leave them to sh', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '§PORT',
        '§{PORT}',
        '§EMPTY',
        '"§EMPTY"',
        '§{NONE:-d}',
        '§{EMPTY:-§PORT}',
        '§NONE',
        '"§PORT x"',
        "'§PORT'",
      ),
      fc.constantFrom(
        ' ',
        '  ',
        '\t',
        'a',
        '-x',
        '=',
        ':',
        '#',
        '~',
        '\\ ',
        '\\\\',
        '"',
        "'",
        '\\"',
        '§',
        '"\\a"',
        '""',
        "''",
        '!',
        '/',
      ),
      fc.constantFrom(';', '*', '{', '}', '&', '%', '^', ',', ']', 'é', '\\', '"a\\§b"'),
    );
    const samples = fc.sample(fc.array(piece, { maxLength: 8 }), { numRuns: 4000, seed: 11 });
    const commands = [...new Set(samples.map((pieces) => dollars(`printf %s\\\\000 x ${pieces.join('')}`)))];
    const direct = commands.flatMap((command) => {
      const { command: resolved } = resolveCommand(command, { exported: ENVIRONMENT, named: {} });
      return resolved.kind === 'direct' ? [{ command, words: resolved.args.slice(1) }] : [];
    });
    expect(direct.length).toBeGreaterThan(500);
    const script = direct.map(({ command }) => `${command}\nprintf 'END\\000'`).join('\n');
    const { DIR: _, ...environment } = ENVIRONMENT;
    const seen = execFileSync('sh', ['-c', script], { env: environment, encoding: 'utf8', maxBuffer: 1e8 });
    const words = seen
      .split('END\0')
      .slice(0, -1)
      .map((text) => text.split('\0').slice(0, -1));
    expect(direct.map((one) => one.words)).toEqual(words);
  });
});

describe('what a command line may name and its process is not given', () => {
  const environment = { exported: { HOST: 'db.internal', PORT: '3000' }, named: { HOST: 'localhost', KEY: 'k' } };

  test('is put into the words of a command that runs directly', () => {
    expect(resolveCommand('serve --host $HOST:$PORT --key $KEY', environment)).toEqual({
      command: { kind: 'direct', file: 'serve', args: ['--host', 'localhost:3000', '--key', 'k'] },
      environment: environment.exported,
    });
  });

  test('is given to a shell that has to put it in, and nothing that it does not name', () => {
    const { environment: given } = resolveCommand('cd web && serve --key "$KEY"', environment);
    expect(given).toEqual({ HOST: 'db.internal', PORT: '3000', KEY: 'k' });
    expect(resolveCommand(dollars('serve §{HOST%x}'), environment).environment.HOST).toBe('localhost');
  });
});

describe('undefinedVariables', () => {
  test.each<[command: string, names: readonly string[]]>([
    ['a §PORT §NONE §{OTHER} §{GIVEN:-x} §NONE', ['NONE', 'OTHER']],
    [`a '§NONE' \\§NONE "§OTHER"`, ['OTHER']],
    ['X=1; echo §X §Y', ['Y']],
    ['for f in a b; do echo §f; done', []],
    ['echo §EMPTY §1 §§ §(b)', []],
  ])('of %j are %j', (command, names) => {
    expect(undefinedVariables(dollars(command), ENVIRONMENT)).toEqual(names);
  });
});
