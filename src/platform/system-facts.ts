import { statfsSync } from 'node:fs';
import { availableParallelism, freemem, loadavg, totalmem, uptime } from 'node:os';
import { expectCodes } from './error-code.ts';

/** How the machine is doing. */
export interface SystemFacts {
  readonly memory: Space;
  /** Of the file system that holds a folder; `null`: it does not tell. */
  readonly disk: Space | null;
  readonly processors: number;
  /** Processes that want to run, on average over 1, 5 and 15 minutes; all 0 on Windows, which does not count them. */
  readonly load: readonly number[];
  /** Since it was started. */
  readonly uptimeMs: number;
}

export interface Space {
  readonly totalBytes: number;
  /** What this user could still have. */
  readonly availableBytes: number;
}

/** As of now; `folder` must exist. */
export function systemFacts(folder: string): SystemFacts {
  return {
    memory: { totalBytes: totalmem(), availableBytes: freemem() },
    disk: diskOf(folder),
    processors: availableParallelism(),
    uptimeMs: Math.round(uptime() * 1000),
    load: loadavg().map((value) => Math.round(value * 100) / 100),
  };
}

function diskOf(folder: string): Space | null {
  try {
    const { bsize, blocks, bavail } = statfsSync(folder);
    return { totalBytes: bsize * blocks, availableBytes: bsize * bavail };
  } catch (thrown) {
    expectCodes(thrown, ['ENOSYS', 'EACCES', 'EOVERFLOW']); // Some network file systems.
    return null;
  }
}
