import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Kept from one time to the next. */
const folder = join(tmpdir(), `devgen-try-node-${userInfo().uid}`);

/** Installs Node in this version (`26`: the newest of that line) from npm, which carries its programs, and finds it. */
export function installNode(wanted) {
  const into = join(folder, wanted);
  mkdirSync(into, { recursive: true, mode: 0o700 });
  const name = `node-${process.platform}-${process.arch}`;
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', into, `${name}@${wanted}`];
  const { status, stderr } = spawnSync('npm', words, { cwd: into, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Node ${wanted} cannot be had:\n${stderr}`);
  const file = join(into, 'node_modules', name, 'bin/node');
  return { file, version: spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1) };
}
