import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, type Project, repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';
import { openTerminal } from '../rig/terminal.ts';

const DATES = /\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:-\d+)?/g;

test('generate --diff shows what would change, and writes nothing', async () => {
  const project = await createGenerated();
  project.write(
    'devgen.config.yaml',
    project.read('devgen.config.yaml').replace('"aliases": "shop"', '"aliases": "bot"'),
  );
  const before = filesOf(project);

  const compared = await project.devgen(['generate', '--diff']);

  expect(compared).toMatchObject({ code: 0, stderr: '' });
  expect(compared.stdout).toMatch(/^ {2}updated {2}scripts\/aliases\.sh\n/m);
  expect(compared.stdout).toContain('\n--- scripts/aliases.sh\n+++ scripts/aliases.sh (generated)\n@@ ');
  expect(compared.stdout).toMatch(/\n-function shop-stop .*\n/);
  expect(compared.stdout).toMatch(/\n\+function bot-stop .*\n/);
  expect(compared.stdout).toMatch(/\n\nnothing was written \(dry run\)\n$/);
  const coloured = await project.devgen(['generate', '--diff'], { environment: { FORCE_COLOR: '1' } });
  expect(coloured.stdout).toContain('\u001b[1m--- scripts/aliases.sh\u001b[22m\n');
  expect(filesOf(project)).toEqual(before);
});

test('mcp install adds the tools to what each agent reads, asked first, and by the config', async () => {
  const project = await createGenerated();
  const install = ['mcp', 'install', 'cursor', 'codex'];
  expect(await project.devgen(install)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('`devgen mcp install --yes` does not ask'),
  });
  expect(await project.dev(install)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('npx devgen mcp install'),
  });
  const done = await project.devgen([...install, '--yes']);
  expect(done, done.stderr).toMatchObject({ code: 0 });
  expect(done.stdout).toMatch(/ {2}created {2}\.codex\/config\.toml\n {2}created {2}\.cursor\/mcp\.json\n/);
  expect(project.read('devgen.config.yaml')).toMatch(/mcpCursor.*true[\s\S]*mcpCodex.*true/);
  expect(await project.devgen(['generate', '--check'])).toMatchObject({ code: 0 });
  expect(await project.devgen([...install, '--yes'])).toMatchObject({
    code: 0,
    stdout: 'they are all there already\n',
  });

  project.write('.zed/settings.json', '{}');
  expect(await project.devgen(['mcp', 'install', 'zed', '--yes'])).toMatchObject({ code: 0 });
  expect(project.read('.zed/settings.json')).toContain('"context_servers": {"devgen": {');
});

test('mcp install refuses what it cannot do, says why, and leaves the config as it is', async () => {
  const project = await createGenerated();
  project.write('.codex/config.toml', 'mcp_servers = { a = { command = "a" } }\n');
  project.write('.zed/settings.json', '{ "context_servers": { "devgen": { "command": "mine" } } }\n');
  project.write('elsewhere/mcp.json', '{ "mcpServers": {} }\n');
  symlinkSync('elsewhere', join(project.root, '.cursor'));
  project.write('.vscode/there', '');
  symlinkSync('../elsewhere/mcp.json', join(project.root, '.vscode/mcp.json'));
  const before = filesOf(project);
  const refused = await project.devgen(['mcp', 'install', 'cursor', 'vscode', 'codex', 'zed', '--yes']);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr.match(/(?<=^error: ).*/gm)).toEqual([
    '`.cursor/mcp.json` lies below a symbolic link',
    '`.vscode/mcp.json` is a symbolic link',
    '`.codex/config.toml` has no list of servers that one could be added to',
    '`.zed/settings.json` has a server called `devgen` already, which devgen leaves alone',
  ]);

  project.write('dev', `${project.read('dev')}# mine\n`, 0o755);
  rmSync(join(project.root, '.cursor'));
  const edited = await project.devgen(['mcp', 'install', 'cursor', '--yes']);
  expect(edited).toMatchObject({ code: 1, stdout: 'nothing was written\n' });
  expect(project.read('devgen.config.yaml')).toBe(before['devgen.config.yaml']);
});

test('upgrade says from which version to which, and refuses what was edited until it is forced', async () => {
  const project = await createGenerated();
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };
  const manifest = project.read('.devgen/manifest.json');
  project.write('.devgen/manifest.json', manifest.replace(`"devgen": "${version}"`, '"devgen": "0.0.1"'));

  expect(await project.devgen(['upgrade', '--dry-run'])).toMatchObject({
    code: 0,
    stdout: `devgen 0.0.1 → ${version}\n  updated  .devgen/manifest.json\nnothing was written (dry run)\n`,
  });
  project.write('dev', `${project.read('dev')}# mine\n`, 0o755);
  const refused = await project.devgen(['upgrade']);
  expect(refused).toMatchObject({ code: 1, stdout: `devgen 0.0.1 → ${version}\nnothing was written\n` });
  expect(refused.stderr).toMatch(/^error: `dev` was edited since devgen wrote it\n/);
  expect(refused.stderr).toMatch(/\n {2}hint: `npx devgen upgrade --force` overwrites it and keeps a copy\.\n$/);

  const forced = await project.devgen(['upgrade', '--force']);
  expect(forced.stdout.replace(DATES, 'DATE')).toBe(
    `devgen 0.0.1 → ${version}\n  updated  dev\n  updated  .devgen/manifest.json\ncopies of what was yours: .devgen/backups/DATE\n`,
  );
  expect(project.read('.devgen/manifest.json')).toBe(manifest);
  expect(await project.devgen(['upgrade'])).toMatchObject({
    code: 0,
    stdout: 'everything generated is up to date\n',
    stderr: '',
  });
});

test('uninstall after generate restores every byte', async () => {
  const files = { Makefile: 'all:\n\t@echo all', '.gitignore': 'dist\r\n' };
  const project = await createProject({ files: { ...files, ...(await config()) } });
  await run('git', ['init', '-q'], { cwd: project.root, environment: project.environment });
  const before = filesOf(project);
  expect(await project.devgen(['generate'])).toMatchObject({ code: 0 });

  const removed = await project.devgen(['uninstall', '--yes']);

  expect(removed, removed.stderr).toMatchObject({ code: 0, stderr: '' });
  expect(removed.stdout).toContain('\n  removed  dev\n');
  expect(removed.stdout).toMatch(/\nstill here: devgen\.config\.yaml, \.devgen\/backups\/\n$/);
  expect(filesOf(project)).toEqual(before);
  expect((await project.devgen(['uninstall', '--yes'])).stdout).toMatch(/^there is nothing to remove\n/);
});

test('uninstall --remove-config removes a config that init wrote, unless it was edited', async () => {
  for (const [edit, isThere] of [
    ['', false],
    ['# mine\n', true],
  ] as const) {
    const project = await createProject({ programs: 'none' });
    await project.devgen(['init', '--template', 'node', '--yes']);
    project.write('devgen.config.yaml', project.read('devgen.config.yaml') + edit);
    expect(await project.devgen(['uninstall', '--yes', '--remove-config'])).toMatchObject({ code: 0 });
    expect(existsSync(join(project.root, 'devgen.config.yaml'))).toBe(isThere);
  }
});

test('uninstall and eject ask on a terminal, and without one need --yes', { timeout: 60_000 }, async () => {
  const project = await createGenerated();
  const before = filesOf(project);
  for (const command of ['uninstall', 'eject']) {
    expect(await project.devgen([command])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `error: there is no terminal to ask whether to ${command}
  hint: \`devgen ${command} --yes\` does not ask; \`--dry-run\` only shows what it would do.
`,
    });
    expect((await project.devgen([command, '--dry-run'])).stdout).toMatch(/\nnothing was written \(dry run\)\n$/);
    const terminal = openTerminal(project, process.execPath, [join(repository, 'dist/cli.js'), command]);
    await terminal.see('[y/N]');
    terminal.press('\r');
    expect(await terminal.exited).toBe(1);
  }
  expect(filesOf(project)).toEqual(before);

  const terminal = openTerminal(project, process.execPath, [join(repository, 'dist/cli.js'), 'uninstall']);
  await terminal.see('Remove all this? [y/N]');
  terminal.press('y\r');
  expect(await terminal.exited).toBe(0);
  expect(existsSync(join(project.root, 'dev'))).toBe(false);
});

test('uninstall waits until nothing runs any more', async () => {
  const project = await createGenerated();
  await project.dev(['start', 'backend']);
  expect(await project.devgen(['uninstall', '--yes'])).toMatchObject({
    code: 2,
    stderr: `error: \`backend\` still runs
  hint: Run \`./dev stop\` first: afterwards nothing would be here to stop it with.
`,
  });
  await project.dev(['stop']);
  expect(await project.devgen(['uninstall', '--yes'])).toMatchObject({ code: 0 });
});

test('after eject ./dev works on, and devgen has forgotten its files', async () => {
  const project = await createGenerated();
  expect(await project.devgen(['eject', '--yes'])).toMatchObject({ code: 0, stderr: '' });
  expect(project.read('dev')).not.toContain('Generated by devgen');
  expect(await project.dev(['status', '--json'])).toMatchObject({ code: 1, stderr: '' });
  expect(await project.devgen(['eject', '--yes'])).toMatchObject({
    code: 0,
    stdout: 'there is nothing to give away\n',
  });
});

test('restore lists the backups and puts one back', async () => {
  const project = await createGenerated();
  expect(await project.devgen(['restore', '--list'])).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'there are no backups\n',
  });
  const edited = `${project.read('dev')}# mine\n`;
  project.write('dev', edited, 0o755);
  await project.devgen(['generate', '--force']);

  const listed = await project.devgen(['restore', '--list']);
  expect(listed.stdout.replace(DATES, 'DATE')).toBe('DATE  dev\n');
  const [date = ''] = DATES[Symbol.match](listed.stdout) ?? [];
  const previewed = await project.devgen(['restore', date, '--dry-run']);
  expect(previewed.stdout).toMatch(/ {2}updated {2}dev\n[\s\S]*\n\+# mine\n\nnothing was written \(dry run\)\n$/);
  expect(project.read('dev')).not.toBe(edited);
  const restored = await project.devgen(['restore']);
  expect(restored.stdout.replace(DATES, 'DATE')).toBe(
    'backup DATE\n  updated  dev\ncopies of what was yours: .devgen/backups/DATE\n',
  );
  expect(project.read('dev')).toBe(edited);
  expect(await project.devgen(['restore', '2020-01-01T00-00-00'])).toMatchObject({ code: 2, stdout: '' });
});

test('what works on generated files says where there are none', async () => {
  const project = await createProject();
  for (const command of ['uninstall', 'eject', 'restore']) {
    expect(await project.devgen([command])).toMatchObject({
      code: 2,
      stderr: `error: devgen has generated nothing in \`${project.root}\` or above it
  hint: \`npx devgen init\` does.
`,
    });
  }
});

test('./dev check finds what is missing and what was edited, even with a broken config', async () => {
  const project = await createGenerated({ Makefile: 'all:\n', 'package.json': '{"scripts": {"build": "true"}}\n' });
  expect(await project.dev(['check'])).toMatchObject({
    code: 0,
    stdout: 'all generated files are as devgen wrote them\n',
    stderr: '',
  });
  project.write('devgen.config.yaml', 'services: [');
  project.write('.devgen/schema.json', JSON.stringify(JSON.parse(project.read('.devgen/schema.json'))));
  project.write('dev.cmd', `${project.read('dev.cmd')}  \r\n`);
  expect(await project.dev(['check'])).toMatchObject({ code: 0 });

  project.write('Makefile', project.read('Makefile').replace('-include', 'include'));
  project.write('package.json', project.read('package.json').replace('front.cjs up"', 'front.cjs down"'));
  project.write('scripts/aliases.sh', project.read('scripts/aliases.sh').replaceAll('\n', '\r\n'), 0o644);
  rmSync(join(project.root, 'scripts/start-backend.sh'));
  const checked = await project.dev(['check']);
  const count = (JSON.parse(project.read('.devgen/manifest.json')) as { files: unknown[] }).files.length;
  expect(checked).toMatchObject({ code: 1, stderr: '' });
  expect(checked.stdout).toBe(`  edited   Makefile
  edited   package.json
  missing  scripts/start-backend.sh
3 of ${count} generated files are not as devgen wrote them; \`npx devgen generate\` mends what is missing and shows what was edited
`);
});

test('./dev check without a manifest says so', async () => {
  const project = await createGenerated();
  rmSync(join(project.root, '.devgen/manifest.json'));
  expect(await project.dev(['check'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `error: \`.devgen/manifest.json\` is missing: nothing says what was generated here
  hint: Take it back from version control, or run \`npx devgen generate\`.
`,
  });
});

test('where git was not told that ./dev can be run, check and doctor say so, and their command makes clones work', async () => {
  const project = await createGenerated();
  const git = (...args: readonly string[]) =>
    run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: project.root,
      environment: project.environment,
    });
  await git('init', '-q');
  await git('config', 'core.fileMode', 'false');
  expect(await project.dev(['check'])).toMatchObject({ code: 0 }); // It was not added yet.
  await git('add', '.');
  await git('commit', '-qm', 'first');

  const checked = await project.dev(['check']);
  const { findings } = JSON.parse((await project.dev(['doctor', '--json'])).stdout);

  expect(checked.code).toBe(1);
  expect(checked.stdout).toMatch(/^ {2}not runnable in a clone {2}dev$/m);
  const command = /`(git add .*?)`/.exec(checked.stdout)?.[1] ?? '';
  expect(findings).toContainEqual(
    expect.objectContaining({ code: 'modes-lost', severity: 'error', remedy: expect.stringContaining(command) }),
  );
  await run('sh', ['-c', command], { cwd: project.root, environment: project.environment });
  expect(await project.dev(['check'])).toMatchObject({ code: 0 });
  await git('commit', '-qm', 'second');
  await git('-c', 'core.fileMode=true', 'clone', '-q', '.', 'clone');
  const cloned = await run('./dev', ['check'], {
    cwd: join(project.root, 'clone'),
    environment: project.environment,
  });
  expect(cloned).toMatchObject({ code: 0 });
});

test('git that ignores a whole folder is warned of with the folder', async () => {
  const project = await createProject({ files: { '.gitignore': 'scripts/\n*.md\n', ...(await config()) } });
  await run('git', ['init', '-q'], { cwd: project.root, environment: project.environment });
  const generated = await project.devgen(['generate']);
  expect(generated.stderr).toBe(
    'warning: git ignores `AGENTS.md`, `DEVELOPMENT.md`, `scripts/`; the rest of the team will not get them\n',
  );
});

async function createGenerated(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  return createProject({ files: { ...files, ...(await config()) }, generated: 'everything' });
}

async function config(): Promise<Readonly<Record<string, string>>> {
  return configFile({ backend: server('backend', await reservePort()) }, { aliases: 'shop' });
}

/** Every file with its bytes, but for git's, the copies that devgen keeps, and logs. */
function filesOf({ root }: Project): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1)).sort();
  const own = paths.filter((path) => !/^(\.git|logs|\.devgen\/backups)\//.test(path));
  return Object.fromEntries(own.map((path) => [path, readFileSync(join(root, path), 'latin1')]));
}
