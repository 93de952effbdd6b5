import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { installDebian } from './install-debian.mjs';

/** Debian packages that tests with real frameworks and shells need, and the file that shows that one is there. */
const packages = {
  'python3-flask': '/usr/lib/python3/dist-packages/flask',
  'python3-uvicorn': '/usr/lib/python3/dist-packages/uvicorn',
  'python3-fastapi': '/usr/lib/python3/dist-packages/fastapi',
  bmake: 'bmake',
  chromium: 'chromium',
  fish: 'fish',
  lsof: 'lsof',
  'ruby-foreman': 'foreman',
  shellcheck: 'shellcheck',
  systemd: 'systemd-analyze',
  zsh: 'zsh',
};

/** Next.js, which the tests find by its version (`test/rig/next.ts`). */
const nextPackages = JSON.parse(readFileSync(new URL('../../test/rig/next.json', import.meta.url), 'utf8'));

/** Installs what is missing where that is possible (Debian, as root); elsewhere those tests are skipped by name. */
export function installTestTools() {
  installDebianPackages();
  installNext();
}

function installDebianPackages() {
  const missing = Object.keys(packages).filter((name) => !isThere(packages[name]));
  if (missing.length > 0) installDebian(missing, 'the tests that need them');
}

/** Beside the repository and kept there: it is a third of a gigabyte. Whole or not at all. */
function installNext() {
  const folder = join(tmpdir(), `devgen-test-next-${nextPackages.next}-${userInfo().uid}`);
  if (existsSync(folder)) return;
  console.log('installing next');
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies: nextPackages }));
  const options = { cwd: unfinished, stdio: ['ignore', 'ignore', 'inherit'], timeout: 120_000 };
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--fetch-retries=0'], options);
  if (status === 0 && !existsSync(folder)) renameSync(unfinished, folder);
  else rmSync(unfinished, { recursive: true, force: true });
  if (status !== 0) console.log('npm failed: the tests that need Next.js are skipped');
}

function isThere(file) {
  if (file.startsWith('/')) return existsSync(file);
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, file)));
}
