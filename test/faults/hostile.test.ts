import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import type { Project } from '../rig/project.ts';
import { CTRL_C, openTerminal } from '../rig/terminal.ts';
import { expectCleanStop, projectWith, start } from './fault-project.ts';
import { CONTROL, EVIL, everythingIn, outsideOf, putHuge, unknownRepository } from './hostile-repository.ts';

/** Far below what a test may take; far above what a command takes that waits for nothing. */
const LIMIT = { limitMs: 20_000 };

test('everything that a hostile service and config say reaches pipes as text and a terminal as colours', async () => {
  const port = await reservePort();
  const health = { http: '/', startTimeout: '20s' };
  const project = await projectWith(
    { web: { command: `node programs/shout.mjs '${EVIL}'`, port, health, env: { EVIL, EVIL_TOKEN: EVIL } } },
    { tasks: { build: { run: `echo '${EVIL}'`, desc: `builds ${EVIL}` } } },
  );
  await start(project);

  for (const words of READING) {
    const { code, stdout, stderr } = await project.dev(words, LIMIT);
    expect(code, words.join(' ')).toBeLessThan(3);
    expect(stdout + stderr, words.join(' ')).not.toMatch(CONTROL);
    if (words.includes('--json')) expect(stdout, words.join(' ')).not.toMatch(/\\u00[01189]|\\b/);
    if (!words.includes('--full')) expect(longestLine(textsIn(stdout)), words.join(' ')).toBeLessThan(3000);
  }
  expect((await project.dev(['logs', '--full'])).stdout).toContain('x'.repeat(300_000));
  expect((await project.dev(['logs'])).stdout).toMatch(/^long x+… 298,005 more$/m);

  for (const words of [['logs'], ['config'], ['tasks'], ['status', '--all'], ['up']]) {
    if (words[0] === 'up') await project.dev(['stop']);
    const terminal = openTerminal(project, './dev', words);
    if (words[0] === 'up') {
      await terminal.see('serves');
      terminal.press(CTRL_C);
    }
    await terminal.exited;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and styles.
    const others = terminal.raw().replace(/\u001b\[[0-9;:]*m|\r\n/g, '');
    expect(others.replace('^C', ''), words.join(' ')).not.toMatch(CONTROL);
    if (words[0] === 'logs') expect(terminal.raw()).toContain('\u001b[31mred\u001b[0m');
  }
  const published = readdirSync(join(project.root, 'logs')).filter((name) =>
    /\.ndjson$|_status\.json$|devgen/.test(name),
  );
  for (const name of published.filter((each) => each !== '.devgen')) {
    expect(readFileSync(join(project.root, 'logs', name), 'utf8'), name).not.toMatch(CONTROL);
  }
  await expectCleanStop(project, port);
}, 120_000);

const READING = [
  ...['logs', 'status', 'health', 'config', 'tasks', 'errors', 'doctor'].flatMap((name) => [[name], [name, '--json']]),
  ...[
    ['logs', '--full'],
    ['logs', '-n', '5', '--json'],
    ['logs', '--errors'],
    ['status', '--all'],
  ],
  ...[
    ['status', '--all', '--json'],
    ['run', 'build', '--json'],
    ['config', 'get', 'services.web.env.EVIL'],
  ],
];

test('a repository of evil names, endless files and links is looked at in time, and left as it is', async () => {
  const project = await unknownRepository();
  const outside = outsideOf(project);
  const before = everythingIn(outside);

  for (const words of [
    ['detect'],
    ['detect', '--json'],
    ['init', '--dry-run', '--yes'],
    ['init', '--yes'],
    ['check'],
  ]) {
    const { code, stdout, stderr } = await project.devgen(words, LIMIT);
    expect(stderr, words.join(' ')).not.toContain('this is a bug');
    expect(code, words.join(' ')).toBeLessThan(3);
    expect(stdout + stderr, words.join(' ')).not.toMatch(CONTROL);
  }
  for (const file of ['devgen.config.yaml', 'DEVELOPMENT.md', 'AGENTS.md'].filter((each) => isThere(project, each))) {
    expect(project.read(file), file).not.toMatch(CONTROL);
  }
  expect(everythingIn(outside)).toEqual(before);
}, 120_000);

test('a manifest without measure is an error with its reason', async () => {
  const project = await projectWith({ web: { command: 'sleep 1000' } });
  putHuge(project, '.devgen/manifest.json');
  for (const words of [['generate'], ['check']]) {
    const { code, stderr } = await project.devgen(words, LIMIT);
    expect(code, words.join(' ')).toBeLessThan(3);
    expect(code, words.join(' ')).toBeGreaterThan(0);
    expect(stderr).toContain('`.devgen/manifest.json` cannot be used (unreadable)');
  }
});

function isThere(project: Project, file: string): boolean {
  return existsSync(join(project.root, file));
}

/** Of JSON the texts in it, each as a line; of anything else its own. */
function textsIn(stdout: string): string {
  if (!stdout.startsWith('{')) return stdout;
  const texts: string[] = [];
  JSON.stringify(JSON.parse(stdout), (_, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

function longestLine(text: string): number {
  return Math.max(0, ...text.split('\n').map((line) => line.length));
}
