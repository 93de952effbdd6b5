import { formatDuration } from '../../../base/duration.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import type { TellNews } from './alerter.ts';

/** A slow answer now and then is none of anyone's concern; nor are two with a long pause between them. */
const [LONG_MS, LEAST_ANSWERS] = [60_000, 3];

interface Slowness {
  /** When the first slow answer came. */
  readonly since: string;
  readonly sinceMs: number;
  readonly answers: number;
  readonly checkedAt: string;
  readonly isTold: boolean;
}

/** Finds services that have answered slowly for long, from what their probes found. */
export class GradeWatch {
  readonly #slow = new Map<string, Slowness>();

  /** Tells what of this status is news, mostly nothing; at the next one again, unless it could be told. */
  look({ service, health }: Pick<ServiceStatus, 'service' | 'health'>, monotonicMs: number, tell: TellNews): void {
    const { checkedAt, grade, responseMs } = health;
    const known = this.#slow.get(service);
    if (checkedAt === null || responseMs === null || (grade !== 'warning' && grade !== 'critical')) {
      this.#slow.delete(service);
      if (known?.isTold !== true || grade === null) return;
      const reason = `answers in ${formatDuration(responseMs ?? 0)} again`;
      tell({ about: 'service', kind: 'recovered', reason, since: known.since });
      return;
    }
    const { since, sinceMs, isTold } = known ?? { since: checkedAt, sinceMs: monotonicMs, isTold: false };
    const answers = (known?.answers ?? 0) + (known?.checkedAt === checkedAt ? 0 : 1);
    const slowMs = monotonicMs - sinceMs;
    const isLong = slowMs >= LONG_MS && answers >= LEAST_ANSWERS;
    const now = `now in ${formatDuration(responseMs)}, which is ${grade}`;
    const reason = `answers slowly for ${formatDuration(slowMs)}: ${now}`;
    const hasTold = isTold || (isLong && tell({ about: 'service', kind: 'trouble', reason, since }));
    this.#slow.set(service, { since, sinceMs, answers, checkedAt, isTold: hasTold });
  }
}
