import { ownIdentity } from '../../platform/process-identity.ts';
import type { ProcessEnd } from '../../platform/spawn-service.ts';
import type { ServiceState } from '../state/lifecycle.ts';
import { pathsOf } from '../state/paths.ts';
import type { RunRecord } from '../state/run-record.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import { UNPROBED } from '../supervisor/live-run.ts';

/** The public word on a service that runs on a terminal; we stand in for its supervisor. `end`: how it ended, and when. */
export function foregroundStatus(
  record: RunRecord,
  state: ServiceState,
  end: (ProcessEnd & { readonly at: string }) | null,
): ServiceStatus {
  const { plan, startedAt, readyAt } = record;
  const isLive = end === null;
  return {
    schemaVersion: 1,
    service: record.service,
    state,
    wanted: isLive ? 'up' : 'down',
    pid: isLive ? (record.root?.pid ?? null) : null,
    identity: isLive ? record.root : null,
    run: record.id,
    command: plan.command,
    cwd: plan.cwd,
    port: isLive ? record.port : null,
    wantedPort: record.wantedPort,
    url: isLive ? record.url : null,
    startedAt,
    readyAt,
    startupMs: readyAt === null ? null : Date.parse(readyAt) - Date.parse(startedAt),
    restarts: 0,
    lastExit: end,
    failure: null,
    health: UNPROBED,
    log: pathsOf('').log(record.service),
    supervisor: ownIdentity(),
  };
}
