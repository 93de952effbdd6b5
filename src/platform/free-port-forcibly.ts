import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { systemClock } from './clock.ts';
import { selectTree } from './end-process-tree.ts';
import { listenersOn, ownersOf } from './listeners.ts';
import { ownUserId } from './own-user.ts';
import { commandLineOf } from './process-details.ts';
import { identityOfEntry } from './process-identity.ts';
import { findProcess, type ProcessEntry, readProcessTable } from './process-table.ts';
import { ownAncestors, signalProcess } from './signals.ts';

const LIMIT_MS = 2000;
const PERIOD_MS = 20;

/**
 * The last resort: lets kill-port end whatever listens on the port, with SIGKILL. `tried` says nothing about success:
 * kill-port reports success in any case, so the caller looks whether the port is free.
 *
 * Refused when a listener is ourselves, an ancestor, pid 1, another user's, or hidden: kill-port does not look.
 * Unavailable without lsof, and on Windows, where kill-port also ends those whose port only begins with the same
 * digits.
 */
export async function freePortForcibly(port: number): Promise<'tried' | 'refused' | 'unavailable'> {
  if (process.platform === 'win32' || !isOnPath('lsof')) return 'unavailable';
  if (!isHarmless(port)) return 'refused';
  const { default: killPort } = await import('kill-port');
  let isRunning = true;
  const attempt = killPort(port, 'tcp')
    // It rejects when no process listens any more, which is what we want.
    .catch(() => undefined)
    .finally(() => {
      isRunning = false;
    });
  await Promise.race([attempt, systemClock.delay(LIMIT_MS)]);
  // Its lsof can hang on a slow name server; ended late, it would kill the process that has the port by then.
  while (isRunning) {
    endItsShells(port);
    await Promise.race([attempt, systemClock.delay(PERIOD_MS)]);
  }
  return 'tried';
}

function isHarmless(port: number): boolean {
  const listeners = listenersOn(port);
  const owners = ownersOf(listeners);
  const untouchable = new Set([1, process.pid, ...ownAncestors()]);
  return listeners.every(({ inode }) => {
    const pids = owners.get(inode) ?? [];
    return pids.length > 0 && pids.every((pid) => !untouchable.has(pid) && findProcess(pid)?.userId === ownUserId());
  });
}

/** kill-port cannot be cancelled; its shells are our own children, told by their command lines. */
function endItsShells(port: number): void {
  const table = readProcessTable();
  for (const shell of table.filter(({ parentPid }) => parentPid === process.pid)) {
    const command = commandLineOf(shell.pid) ?? '';
    if (command.includes('lsof -i -P') || command.includes(`lsof -i tcp:${port} `)) endBelow(table, shell);
  }
}

function endBelow(table: readonly ProcessEntry[], root: ProcessEntry): void {
  for (const entry of selectTree(table, { root: root.pid, kept: new Set(), userId: ownUserId() })) {
    signalProcess(identityOfEntry(entry), 'SIGKILL');
  }
}

function isOnPath(tool: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => statSync(join(folder, tool), { throwIfNoEntry: false })?.isFile() === true);
}
