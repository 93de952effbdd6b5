import { formatDuration } from '../../../base/duration.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import type { Told } from './alerter.ts';

/** A slow answer now and then is none of anyone's concern. */
const LONG_MS = 60_000;

interface Slowness {
  /** When the first slow answer came. */
  readonly since: string;
  readonly isTold: boolean;
}

/** Finds services that have answered slowly for long, from what their probes found. */
export class GradeWatch {
  readonly #slow = new Map<string, Slowness>();

  /** What is to be told of this status; mostly nothing. */
  look({ service, health }: Pick<ServiceStatus, 'service' | 'health'>): Told | undefined {
    const { checkedAt, grade, responseMs } = health;
    const known = this.#slow.get(service);
    if (checkedAt === null || responseMs === null || (grade !== 'warning' && grade !== 'critical')) {
      this.#slow.delete(service);
      if (known?.isTold !== true || grade === null) return undefined;
      return { kind: 'recovered', reason: `answers in ${formatDuration(responseMs ?? 0)} again`, since: known.since };
    }
    const { since, isTold } = known ?? { since: checkedAt, isTold: false };
    const slowMs = Date.parse(checkedAt) - Date.parse(since);
    const isNews = !isTold && slowMs >= LONG_MS;
    this.#slow.set(service, { since, isTold: isTold || isNews });
    if (!isNews) return undefined;
    const now = `now in ${formatDuration(responseMs)}, which is ${grade}`;
    const reason = `answers slowly for ${formatDuration(slowMs)}: ${now}`;
    return { kind: 'trouble', reason, since };
  }
}
