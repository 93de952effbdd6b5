import { statfsSync } from 'node:fs';
import { availableParallelism, cpus, freemem, loadavg, totalmem, uptime } from 'node:os';
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

/** What all processors have done since the machine was started, in ms; only differences mean anything. */
export interface ProcessorTimes {
  readonly busyMs: number;
  readonly totalMs: number;
}

export function processorTimes(): ProcessorTimes {
  const times = cpus().map(({ times: { idle, ...busy } }) => ({
    idle,
    busy: Object.values(busy).reduce((sum, ms) => sum + ms, 0),
  }));
  const busyMs = times.reduce((sum, { busy }) => sum + busy, 0);
  return { busyMs, totalMs: times.reduce((sum, { idle }) => sum + idle, busyMs) };
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
