import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CommandName, commandNames } from '../../src/base/commands.ts';
import { findRow } from '../../src/cli/command-table.ts';
import { reservePort } from '../rig/ports.ts';
import { type Project, repository } from '../rig/project.ts';
import { type CommandLine, everyCommand, firstLines } from './every-command.ts';
import { projectWith } from './fault-project.ts';
import { CONTROL, everythingIn, hostileProject, outsideOf, PLANTED, putPipe, SHELL } from './hostile-repository.ts';

const SUBJECT = { service: 'web', task: 'build', port: 1 };
/** Far below what a test may take; far above what a command takes that waits for nothing. */
const LIMIT = { limitMs: 30_000, environment: SHELL };
const EVERYWHERE = Object.values(PLANTED);
/** What is in no file that others may read. */
const PRIVATE = [PLANTED.shell, PLANTED.dotenv, PLANTED.dotenvLocal, PLANTED.envFile];

test('every command ends in time in a hostile repository, touches nothing outside, and prints nothing raw', async () => {
  const port = await reservePort();
  const project = await hostileProject(port);
  const outside = everythingIn(outsideOf(project));

  for (const [name, ...words] of everyCommand({ service: 'web', task: 'build', port })) {
    const line = [name, ...words].join(' ');
    const program = findRow(name).needs === 'package' ? project.devgen : project.dev;
    const { code, stdout, stderr } = await program([name, ...words], LIMIT);
    const said = stdout + stderr;
    expect(code, `${line}: ${said}`).toBeLessThan(3);
    expect(said, line).not.toContain('this is a bug');
    // What a task prints on the user's terminal is as its own.
    if (name !== 'run' || words.includes('--json')) expect(said, line).not.toMatch(CONTROL);
    for (const secret of hiddenFrom(name, words)) expect(said, line).not.toContain(secret);
    expect(everythingIn(outsideOf(project)), line).toEqual(outside);
  }
}, 240_000);

/** The secrets that a command must not show: all, but for what the user asks it for. */
function hiddenFrom(name: CommandName, words: readonly string[]): readonly string[] {
  if (name === 'env' || name === 'logs') return [];
  if (name === 'run' && !words.includes('--json')) return EVERYWHERE.filter((secret) => secret !== PLANTED.task);
  // Other systems have to be told what the config says, and read the env files themselves.
  return name === 'export' ? PRIVATE : EVERYWHERE;
}

test('what is generated in a hostile repository holds nothing raw, and no secret but in what others need for it', async () => {
  const project = await hostileProject(await reservePort());
  for (const words of [['generate'], ['export', 'systemd', '--write'], ['export', 'kubernetes', '--write']]) {
    expect((await project.devgen(words, LIMIT)).code, words.join(' ')).toBeLessThan(2);
  }
  const generated = ['DEVELOPMENT.md', 'AGENTS.md', 'Makefile', '.devgen/devgen.mk', 'scripts/aliases.sh', 'deploy'];
  const files = generated
    .filter((each) => existsSync(join(project.root, each)))
    .flatMap((each) => below(project, each));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = project.read(file);
    expect(text, file).not.toMatch(CONTROL);
    for (const secret of file.startsWith('deploy/') ? PRIVATE : EVERYWHERE) expect(text, file).not.toContain(secret);
  }
});

function below({ root }: Project, path: string): readonly string[] {
  if (statSync(join(root, path)).isFile()) return [path];
  const entries = readdirSync(join(root, path), { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name).slice(root.length + 1));
}

const MARKS = "import { writeFileSync } from 'node:fs';\nwriteFileSync('ran', '');\n";
const WORKS = "export default { services: { web: { command: 'sleep 1000' } }, tasks: { build: { run: 'true' } } };\n";

test('a config in JavaScript is run by the commands that the README says, and a program that ends is no config', async () => {
  const project = await projectWith({});
  rmSync(join(project.root, 'devgen.config.yaml'));
  const running = new Set<CommandName>();
  project.write('devgen.config.mjs', `${MARKS}${WORKS}`);
  for (const [name, ...words] of firstLines(SUBJECT)) {
    rmSync(join(project.root, 'ran'), { force: true });
    // Not in the cache, so that each command has to run it.
    rmSync(join(project.root, 'logs/.devgen/plan.json'), { force: true });
    expect((await project.devgen([name, ...words], LIMIT)).code, name).toBeLessThan(3);
    if (existsSync(join(project.root, 'ran'))) running.add(name);
  }

  project.write('devgen.config.mjs', 'process.exit(0);\n');
  await inGroups(firstLines(SUBJECT), async ([name, ...words]) => {
    if (!running.has(name)) return;
    const { code, stdout, stderr } = await project.devgen([name, ...words], LIMIT);
    const said = stdout + stderr;
    expect(said, name).toContain('`devgen.config.mjs` ended with exit code 0 before it had exported anything');
    expect(code, name).toBeLessThan(3);
    if (code === 0) expect(said, name).toContain('going by the configuration as it was before');
  });
  const sentence = /every command but ([^.]*?) runs it/.exec(
    readFileSync(join(repository, 'README.md'), 'utf8').replace(/\s+/g, ' '),
  );
  const exempt = [...(sentence?.[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  expect(
    commandNames()
      .filter((name) => !running.has(name))
      .toSorted(),
  ).toEqual(exempt.toSorted());
}, 240_000);

test('an .env that is a pipe without a writer keeps no command waiting', async () => {
  const project = await projectWith({ web: { command: 'sleep 1000' } }, { tasks: { build: { run: 'true' } } });
  putPipe(project, '.env');
  await inGroups(firstLines(SUBJECT), async ([name, ...words]) => {
    const { code, stdout, stderr } = await project.devgen([name, ...words], LIMIT);
    expect(code, `${name}: ${stdout}${stderr}`).toBeLessThan(3);
    expect(stdout + stderr, name).not.toContain('this is a bug');
  });
}, 240_000);

/** Commands that mostly wait, several at a time. */
async function inGroups(lines: readonly CommandLine[], look: (line: CommandLine) => Promise<void>): Promise<void> {
  for (let from = 0; from < lines.length; from += 8) await Promise.all(lines.slice(from, from + 8).map(look));
}
