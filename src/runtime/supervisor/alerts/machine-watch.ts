import type { SystemFacts } from '../../../platform/system-facts.ts';
import type { TellNews } from './alerter.ts';

const PERIOD_MS = 60_000;
/** Below these a machine soon fails its programs; above the second of a pair it is well again. */
const DISK_BYTES = [500 * 1024 ** 2, 1024 ** 3] as const;
const MEMORY_SHARE = [0.03, 0.06] as const;

type Resource = 'memory' | 'disk';
type Level = 'low' | 'between' | 'enough';

export interface MachineLook {
  /** Of a clock that only goes forward. */
  readonly nowMs: number;
  readonly at: string;
  readonly facts: () => SystemFacts;
}

/** Finds out when the machine is short of memory or room on its disk, and when it is not any more. */
export class MachineWatch {
  readonly #short = new Map<Resource, { readonly since: string; readonly isTold: boolean }>();
  #lookedMs = Number.NEGATIVE_INFINITY;

  /** Tells what is news; what could not be told is so at the next look again. Looks once a minute at most. */
  look({ nowMs, at, facts }: MachineLook, tell: TellNews): void {
    if (nowMs - this.#lookedMs < PERIOD_MS) return;
    this.#lookedMs = nowMs;
    const { memory, disk } = facts();
    const share = memory.availableBytes / memory.totalBytes;
    this.#judge('memory', { at, level: levelOf(share, MEMORY_SHARE) }, tell);
    if (disk !== null) this.#judge('disk', { at, level: levelOf(disk.availableBytes, DISK_BYTES) }, tell);
  }

  #judge(about: Resource, { at, level }: { readonly at: string; readonly level: Level }, tell: TellNews): void {
    const known = this.#short.get(about);
    const words = about === 'memory' ? 'memory' : 'room on the disk of the project';
    const since = known?.since ?? at;
    if (level === 'low' && known?.isTold !== true) {
      const isTold = tell({ about, kind: 'trouble', reason: `the machine is short of ${words}`, since });
      this.#short.set(about, { since, isTold });
    }
    if (level !== 'enough') return;
    this.#short.delete(about);
    if (known?.isTold === true)
      tell({ about, kind: 'recovered', reason: `the machine has enough ${words} again`, since });
  }
}

function levelOf(value: number, [low, enough]: readonly [number, number]): Level {
  if (value < low) return 'low';
  return value < enough ? 'between' : 'enough';
}
