import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { run } from '../rig/run.ts';
import { openTerminal } from '../rig/terminal.ts';
import { hasTool } from '../rig/tools.ts';
import { createFixture, ECHO_LAUNCHER, type Fixture, NAMES } from './project-fixture.ts';

/** What is typed before TAB, and what is offered. */
const OFFERED: readonly (readonly [typed: string, words: string])[] = [
  ['./dev ', 'backend frontend up stop status logs run clean help'],
  ['./dev ba', 'backend'],
  ['./dev frontend-st', 'frontend-start frontend-stop frontend-status'],
  ['./dev stop ', 'backend frontend'],
  ['./dev stop backend f', 'frontend'],
  ['./dev up -', '--detach -d --port'],
  ['./dev up --port ', ''],
  ['./dev up --port 80', ''],
  ['./dev backend --d', '--detach'],
  ['./dev backend-force --d', '--detach'],
  ['./dev backend-logs --f', '--follow'],
  ['./dev run ', 'test db-migrate'],
  ['./dev clean ', ''],
  ['./dev help st', 'stop status'],
  ['my-bot-start ', 'backend frontend'],
  ['my-bot-logs -', '--follow -f'],
  ['"../my project/dev" sta', 'status'],
  ['../my\\ project/dev sta', 'status'],
];

async function generated(): Promise<Fixture> {
  const project = createFixture();
  await project.generate({ plan: { ...NAMES, aliasPrefix: 'my-bot' } });
  project.write('dev', ECHO_LAUNCHER, 0o755);
  return project;
}

/** Finds nothing but the shells' own commands: a TAB that started node or anything else would fail. */
function call(file: string, args: readonly string[], project: Fixture) {
  return run(file, args, { cwd: project.root, environment: { ...userEnvironment(), PATH: '/nowhere' } });
}

/** As readline splits a line: at blanks that are neither quoted nor escaped. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|\\.|[^\s"\\])+|(?<=\s)$/g)].map(([word]) => `'${word}'`);
}

test.skipIf(!hasTool('bash'))(
  'bash: offers commands, services, tasks and options, and starts nothing for it',
  async () => {
    const project = await generated();
    const asks = OFFERED.map(([typed]) => {
      const words = wordsOf(typed);
      return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _devgen; echo "\${COMPREPLY[*]}"`;
    });
    const script = ['source .devgen/completion/dev.bash', `_my_bot_root='${project.root}'`, ...asks].join('\n');
    for (const options of [['--norc'], ['--norc', '-eu'], ['--posix']]) {
      const { stdout, stderr } = await call('/bin/bash', [...options, '-c', script], project);
      expect([stdout.split('\n').slice(0, -1), stderr]).toEqual([OFFERED.map(([, words]) => words), '']);
    }
  },
);

test.skipIf(!hasTool('fish'))('fish: offers the same, with what each is for', async () => {
  const project = await generated();
  const asks = OFFERED.map(([typed]) => `complete -C ${quotedForFish(typed)}; echo .`);
  const script = `set -g _my_bot_root '${project.root}'\nsource .devgen/completion/dev.fish\n${asks.join('\n')}`;
  const { stdout, stderr } = await call('/usr/bin/fish', ['--no-config', '-c', script], project);
  const offered = stdout.split('.\n').slice(0, -1);
  const words = offered.map((lines) => lines.replace(/\t.*/g, '').trimEnd().split('\n').sort().join(' '));
  expect([words, stderr]).toEqual([OFFERED.map(([, each]) => each.split(' ').sort().join(' ')), '']);
  expect(offered[1]).toBe('backend\tservice\n');
});

const START = {
  bash: ['--norc', '-i'],
  zsh: ['-f', '-i'],
  fish: ['--no-config', '-i'],
};

for (const [shell, args] of Object.entries(START)) {
  test.skipIf(!hasTool(shell))(
    `${shell}: TAB completes on a terminal, in the project and through an alias`,
    async () => {
      const project = await generated();
      const terminal = openTerminal({ root: project.root, environment: userEnvironment() }, shell, args);
      // zsh takes a TAB that comes with other keys for pasted text unless told otherwise.
      if (shell === 'zsh')
        terminal.press("autoload -Uz compinit; compinit -u; zstyle ':completion:*' insert-tab false\r");
      terminal.press('source scripts/aliases.sh && echo read""y\r');
      await terminal.see('ready');
      for (const [typed, said] of [
        ['./dev sto\tback\t', 'dev [stop] [backend]'],
        ['./dev up --det\t', 'dev [up] [--detach]'],
        ['my-bot-stop fr\t', 'dev [stop] [frontend]'],
      ] as const) {
        terminal.press(`${typed}\r`);
        await terminal.see(said);
      }
      terminal.press('exit\r');
      await terminal.exited;
    },
  );
}

test.skipIf(!hasTool('bash'))(
  'in another project its own words are offered, and nothing where there are none',
  async () => {
    const [one, other] = [await generated(), createFixture()];
    await other.generate({ plan: { ...NAMES, services: NAMES.services.slice(1) } });
    mkdirSync(join(one.root, 'bin'));
    const ask = (called: string) => `COMP_WORDS=('${called}' ''); COMP_CWORD=1; _devgen; echo "\${COMPREPLY[0]}"`;
    const script = `source .devgen/completion/dev.bash; ${ask(join(other.root, 'dev'))}; ${ask('bin/dev')}; ${ask('./dev')}`;
    expect((await call('/bin/bash', ['--norc', '-c', script], one)).stdout).toBe('frontend\n\nbackend\n');
  },
);

test('aliases work where the completion was not generated or is gone', async () => {
  const project = await generated();
  rmSync(join(project.root, '.devgen/completion'), { recursive: true });
  for (const shell of ['bash', 'zsh', 'fish'].filter(hasTool)) {
    const { stdout, stderr } = await run(shell, ['-c', 'source scripts/aliases.sh; my-bot-status'], {
      cwd: project.root,
      environment: userEnvironment(),
    });
    expect([shell, stdout, stderr]).toEqual([shell, 'dev [status]\n', '']);
  }
});

test('without commands nothing is generated for completion', async () => {
  const project = createFixture();
  await project.generate({ commands: [] });
  expect(Object.keys(project.files()).filter((path) => path.includes('completion'))).toEqual([]);
});

function quotedForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
