import { DEFAULT_LOGS } from '../../../plan/default-logs.ts';
import type { Plan } from '../../../plan/plan.ts';
import type { RunRecord } from '../../state/run-record.ts';

/** Enough of a plan to restart what runs, when the config cannot be had. */
export function planOfRecords(records: readonly RunRecord[]): Plan {
  return {
    schemaVersion: 1,
    name: '',
    aliasPrefix: '',
    configFile: '',
    services: records.map((record) => record.plan),
    tasks: [],
    setup: [],
    hooks: { webhook: null, command: null, desktop: false },
    dotenv: {},
    digests: {},
    logs: DEFAULT_LOGS,
    idleStopMs: null,
    worktree: { copy: [], label: null },
    worktreePorts: 'slots',
  };
}
