import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { runFolder } from './run-folder.ts';

let folder: string | undefined;

/**
 * The environment of a plain user's shell: no CI, no colours asked for, no proxy, the system's own Python, and a home
 * and runtime directory that only this test process has. What V8 compiled is shared: to do it anew takes longer than
 * most commands.
 */
export function userEnvironment(): Record<string, string> {
  folder ??= createFolder();
  return {
    HOME: join(folder, 'home'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_CACHE_HOME: join(runFolder(), 'cache'),
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'].join(':'),
    USER: userInfo().username,
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
  };
}

function createFolder(): string {
  const created = mkdtempSync(join(runFolder(), 'home-'));
  for (const name of ['home', 'run']) {
    mkdirSync(join(created, name));
    chmodSync(join(created, name), 0o700);
  }
  process.on('exit', () => rmSync(created, { recursive: true, force: true }));
  return created;
}
