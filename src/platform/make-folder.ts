import { mkdirSync } from 'node:fs';

/** For everybody to read, for this user alone to change: what lies in it is run. */
const MODE = 0o755;

/**
 * Makes a folder and those above it that are missing, whatever the umask is never writable for other users, who could
 * else put their own file in place of one of ours. Throws as `mkdirSync` does.
 */
export function makeFolder(path: string, mode = MODE): void {
  mkdirSync(path, { recursive: true, mode });
}
