import type { SystemFacts } from '../../../platform/system-facts.ts';
import type { Told } from './alerter.ts';

const PERIOD_MS = 60_000;
/** Below these a machine soon fails its programs; above the second of a pair it is well again. */
const DISK_BYTES = [500 * 1024 ** 2, 1024 ** 3] as const;
const MEMORY_SHARE = [0.03, 0.06] as const;

type Resource = 'memory' | 'disk';

/** Finds out when the machine is short of memory or room on its disk, and when it is not any more. */
export class MachineWatch {
  readonly #short = new Map<Resource, string>();
  #lookedMs = Number.NEGATIVE_INFINITY;

  /** Looks once a minute at most. */
  look(nowMs: number, at: string, factsNow: () => SystemFacts): readonly Told[] {
    if (nowMs - this.#lookedMs < PERIOD_MS) return [];
    this.#lookedMs = nowMs;
    const { memory, disk } = factsNow();
    const share = memory.availableBytes / memory.totalBytes;
    return [
      ...this.#judge('memory', at, levelOf(share, MEMORY_SHARE)),
      ...(disk === null ? [] : this.#judge('disk', at, levelOf(disk.availableBytes, DISK_BYTES))),
    ];
  }

  #judge(resource: Resource, at: string, level: 'low' | 'between' | 'enough'): readonly Told[] {
    const since = this.#short.get(resource);
    const words = resource === 'memory' ? 'memory' : 'room on the disk of the project';
    if (since === undefined && level === 'low') {
      this.#short.set(resource, at);
      return [{ kind: 'trouble', reason: `the machine is short of ${words}`, since: at }];
    }
    if (since === undefined || level !== 'enough') return [];
    this.#short.delete(resource);
    return [{ kind: 'recovered', reason: `the machine has enough ${words} again`, since }];
  }
}

function levelOf(value: number, [low, enough]: readonly [number, number]): 'low' | 'between' | 'enough' {
  if (value < low) return 'low';
  return value < enough ? 'between' : 'enough';
}
