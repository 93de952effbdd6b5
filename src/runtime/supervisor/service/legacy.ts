import type { RunRecord } from '../../state/run-record.ts';
import type { Past } from '../lifecycle/service-lifecycle.ts';
import type { LaunchOrder } from '../run/launch-order.ts';

/** What an earlier supervisor left of a service of which nothing lives any more. */
export interface Legacy {
  /** Of the last run. */
  readonly record: RunRecord;
  readonly order: LaunchOrder;
  readonly past: Past;
  readonly next: 'rest' | 'back-off';
  readonly lastExitAt: string;
}
