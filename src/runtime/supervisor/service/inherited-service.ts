import type { Failure } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { Past } from '../lifecycle/service-lifecycle.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';

/** What an earlier supervisor left of a service of which nothing lives any more. */
export interface InheritedService {
  /** Of the last run. */
  readonly record: RunRecord;
  readonly spec: LaunchSpec;
  readonly past: Past;
  readonly next: 'rest' | 'back-off';
  readonly failure: Failure;
  readonly lastExitAt: string;
}
