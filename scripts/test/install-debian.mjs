import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs packages where that is possible (Debian, as root); elsewhere, and where it fails, says which tests are skipped. */
export function installDebian(packages, tests) {
  const names = packages.join(', ');
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
    console.log(`not installed, so ${tests} are skipped: ${names}`);
    return false;
  }
  console.log(`installing ${names}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const words = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const { status } = spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env });
  if (status !== 0) console.log(`apt-get failed: ${tests} are skipped`);
  return status === 0;
}
