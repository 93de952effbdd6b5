import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';

export const mayMount = process.getuid?.() === 0;

/** The mount ends with the test. */
export function mount(at: string, ...how: readonly string[]): void {
  execFileSync('mount', [...how, at]);
  onTestFinished(() => unmount(at));
}

/** `false`: the supervisor is writing there this very moment. */
export function remountReadOnly(at: string): boolean {
  return spawnSync('mount', ['-o', 'remount,bind,ro', at]).status === 0;
}

export function unmount(at: string): void {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').replaceAll('\\040', ' ');
  if (mounts.includes(` ${at} `)) execFileSync('umount', ['--lazy', at]);
}
