import { readlinkSync } from 'node:fs';
import { readProcFile } from './proc-file.linux.ts';
import { runTool } from './run-tool.ts';

/** Within what a pid and a start time mean anything. */
export interface Boot {
  readonly bootId: string;
  /** Inode of our pid namespace on Linux, empty elsewhere. */
  readonly pidNamespace: string;
}

let known: Boot | undefined;

/** The boot and pid namespace we live in; they cannot change while we run, so they are read once. */
export function currentBoot(): Boot {
  known ??= { bootId: readBootId(), pidNamespace: readPidNamespace() };
  return known;
}

/** On Windows a constant: start times count from the epoch there, and no two boots share them. */
function readBootId(): string {
  if (process.platform === 'linux') return (readProcFile('/proc/sys/kernel/random/boot_id') ?? '').trim();
  if (process.platform === 'win32') return 'windows';
  return runTool('sysctl', ['-n', 'kern.bootsessionuuid']).trim();
}

function readPidNamespace(): string {
  if (process.platform !== 'linux') return '';
  return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '';
}
