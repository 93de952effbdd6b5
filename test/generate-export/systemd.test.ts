import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Exported } from '../../src/generate/export/export-plan.ts';
import { hasTool } from '../rig/tools.ts';
import { dollars, EVERYTHING, exported, fileOf, ODD_VALUES, template } from './export-fixture.ts';

describe.skipIf(!hasTool('systemd-analyze'))('systemd (needs the package systemd)', () => {
  test.each(['user', 'system'] as const)('accepts every unit for the %s', (scope) => {
    const folder = openFolder();
    const units = unitsIn(exported('systemd', { ...EVERYTHING, root: folder }), scope);
    for (const part of ['backend', 'frontend']) mkdirSync(join(folder, part));
    writeFileSync(join(folder, 'backend/.env'), '');
    // A template is checked by an instance of it.
    const files = [...units].map(([name, text]) => write(join(folder, name.replace('@.', '@daemon.')), text));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', `--${scope}`, ...files], {
      env: { PATH: process.env.PATH, XDG_RUNTIME_DIR: folder },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('reads back every odd value, of variables, commands and folders', () => {
    const env = Object.fromEntries(ODD_VALUES.map((value, index) => [`V${index}`, template(value)]));
    const folder = openFolder();
    const odd = { command: dollars(`printf '§§ %s\\n' "§V1" && : "it's"`), cwd: '100% sure', env };
    const manager = load(folder, exported('systemd', { services: { odd }, root: folder }), 'shop-odd.service');
    for (const [index, value] of ODD_VALUES.entries()) {
      expect(manager).toContain(`\t\tEnvironment: V${index}=${value}\n`);
    }
    expect(manager).toContain(`\t\tWorkingDirectory: ${folder}/100% sure\n`);
    expect(commandOf(manager)).toEqual(['/bin/sh', '-c', odd.command]);
  });
});

test('a service starts after what it depends on is ready, and stops with the target', () => {
  const unit = fileOf(exported('systemd', EVERYTHING), 'user/shop-frontend.service');
  expect(unit).toContain('PartOf=shop.target\nRequires=shop-backend.service\nAfter=shop-backend.service\n');
  const backend = fileOf(exported('systemd', EVERYTHING), 'user/shop-backend.service');
  expect(backend).toMatch(/^ExecStartPost=.*until \{ curl .*\/api\/status; \}; do sleep 1; done"$/m);
});

test('a unit of the machine names no user, and runs as the one that its instance names', () => {
  const unit = fileOf(exported('systemd', EVERYTHING), 'system/shop-frontend@.service');
  expect(unit).toContain('\nUser=%i\n');
  expect(unit).toContain('PartOf=shop@%i.target\nRequires=shop-backend@%i.service\n');
});

test('what is in an env file is in no unit', () => {
  const { files } = exported('systemd', EVERYTHING);
  expect(files.filter(({ text }) => text.includes('hunter2'))).toEqual([]);
  expect(fileOf({ files, notes: [] }, 'user/shop-backend.service')).toContain(
    '\nEnvironmentFile=/srv/shop/backend/.env\n',
  );
});

/** The manager refuses to test as root, so that another user has to get in. */
function openFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'devgen-units-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o777);
  return folder;
}

function unitsIn({ files }: Exported, scope: string): ReadonlyMap<string, string> {
  const own = files.filter(({ path }) => dirname(path).endsWith(`/${scope}`));
  return new Map(own.map(({ path, text }) => [basename(path), text]));
}

function write(file: string, text: string): string {
  writeFileSync(file, text);
  chmodSync(file, 0o644);
  return file;
}

/** What the manager makes of one unit, as it prints it. */
function load(folder: string, units: Exported, name: string): string {
  for (const [file, text] of unitsIn(units, 'user')) write(join(folder, file), text);
  const asAnother = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--clear-groups'] : [];
  const command = [...asAnother, '/lib/systemd/systemd', '--test', '--user', `--unit=${name}`];
  const { stdout, stderr } = spawnSync('env', command, {
    env: { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: folder, SYSTEMD_UNIT_PATH: `${folder}:` },
    encoding: 'utf8',
  });
  const [, unit] = stdout.split(`-> Unit ${name}:\n`);
  expect(unit, stderr).toBeDefined();
  return unit?.split('\n\t-> Unit ')[0] ?? '';
}

/** The words of ExecStart; a dollar sign is doubled until the command is run. Source: systemd.service(5). */
function commandOf(manager: string): readonly string[] {
  const [, line = ''] = /-> ExecStart:\n\s*Command Line: (.*)\n/.exec(manager) ?? [];
  const words = [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return words.map((word) => {
    const read = word.replace(/\\(n|t|r|[0-7]{3}|.)/g, (_, code: string) => ESCAPES[code] ?? octal(code));
    return read.replaceAll('$$', '$');
  });
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function octal(code: string): string {
  return /^[0-7]{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : code;
}
