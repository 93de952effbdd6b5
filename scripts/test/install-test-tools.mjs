import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian packages that tests with real frameworks and shells need, and the file that shows that one is there. */
const packages = {
  'python3-flask': '/usr/lib/python3/dist-packages/flask',
  'python3-uvicorn': '/usr/lib/python3/dist-packages/uvicorn',
  'python3-fastapi': '/usr/lib/python3/dist-packages/fastapi',
  bmake: 'bmake',
  fish: 'fish',
  lsof: 'lsof',
  shellcheck: 'shellcheck',
  zsh: 'zsh',
};

/** Installs what is missing where that is possible (Debian, as root); elsewhere those tests are skipped by name. */
export function installTestTools() {
  const missing = Object.keys(packages).filter((name) => !isThere(packages[name]));
  if (missing.length === 0) return;
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    console.log(`not installed, so the tests that need them are skipped: ${missing.join(', ')}`);
    return;
  }
  console.log(`installing ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  if (status !== 0) console.log('apt-get failed: the tests that need these packages are skipped');
}

function isThere(file) {
  if (file.startsWith('/')) return existsSync(file);
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, file)));
}
