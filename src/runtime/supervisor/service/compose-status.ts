import type { ServicePlan } from '../../../plan/plan.ts';
import type { HeldSocket } from '../../../platform/held-socket.ts';
import type { ProcessIdentity } from '../../../platform/process-identity.ts';
import type { HealthReport } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import type { Lifecycle } from '../lifecycle/service-lifecycle.ts';

export interface StatusFacts {
  readonly service: ServicePlan;
  readonly lifecycle: Lifecycle;
  /** The current run or, when none is, the last one. */
  readonly record: RunRecord | null;
  readonly health: HealthReport;
  readonly lastHealthyAt: string | null;
  readonly sockets: readonly HeldSocket[];
  /** As it was measured; `null`: not ready yet, or not measured by this supervisor. */
  readonly startupMs: number | null;
  readonly lastExitAt: string | null;
  readonly lastRestart: ServiceStatus['lastRestart'];
  readonly log: string;
  readonly supervisor: ProcessIdentity;
}

/** The public word on a service. Pure. */
export function composeStatus(facts: StatusFacts): ServiceStatus {
  const { service, lifecycle, record, health } = facts;
  const isLive = lifecycle.run !== null && record !== null && record.id === lifecycle.run;
  return {
    schemaVersion: 1,
    service: service.name,
    state: lifecycle.state,
    wanted: lifecycle.wanted,
    pid: isLive ? (record.root?.pid ?? null) : null,
    identity: isLive ? record.root : null,
    run: record?.id ?? null,
    command: service.command,
    cwd: service.cwd,
    port: isLive ? record.port : null,
    wantedPort: record?.wantedPort ?? null,
    sockets: isLive ? facts.sockets : [],
    url: isLive ? record.url : null,
    fingerprint: record?.fingerprint ?? null,
    startedAt: record?.startedAt ?? null,
    readyAt: record?.readyAt ?? null,
    startupMs: facts.startupMs ?? startupByRecord(record),
    restarts: lifecycle.restarts,
    lastExit:
      lifecycle.lastExit === null || facts.lastExitAt === null ? null : { ...lifecycle.lastExit, at: facts.lastExitAt },
    lastRestart: lifecycle.restarts === 0 ? null : facts.lastRestart,
    failure: lifecycle.failure,
    health,
    lastHealthyAt: facts.lastHealthyAt,
    log: facts.log,
    supervisor: facts.supervisor,
  };
}

/** Of a run that an earlier supervisor saw become ready; the time of day may have been set back in between. */
function startupByRecord(record: RunRecord | null): number | null {
  if (record === null || record.readyAt === null) return null;
  return Math.max(0, Date.parse(record.readyAt) - Date.parse(record.startedAt));
}
