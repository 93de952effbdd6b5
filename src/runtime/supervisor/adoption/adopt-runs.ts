import { cleanShellEnvironment, serviceEnvironment } from '../../../plan/environment.ts';
import type { Plan } from '../../../plan/plan.ts';
import { readCachedPlan } from '../../../plan/plan-cache.ts';
import { systemClock } from '../../../platform/clock.ts';
import { isAlive } from '../../../platform/process-identity.ts';
import { whenGone } from '../../../platform/when-gone.ts';
import { isReachedAs } from '../../health/probe-address.ts';
import { findMembers } from '../../process/find-members.ts';
import { findRunIds } from '../../process/find-run-ids.ts';
import { killRun } from '../../process/stop-run.ts';
import type { ExitStatus, Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { readRunRecord, removeRunRecord } from '../../state/run-record-file.ts';
import { servicesWithRunRecord } from '../../state/services-with-run-record.ts';
import { readStatus } from '../../state/status-file.ts';
import { ownershipOf } from '../run/check-run.ts';
import { KeptRecord } from '../run/kept-record.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import { LiveRun } from '../run/live-run.ts';
import { removeRun } from '../run/remove-run.ts';
import type { Supervisor } from '../supervisor.ts';
import { planOfRecords } from './plan-of-records.ts';

const NO_STATUS = { wanted: 'up', restarts: 0, lastExit: null } as const;

/**
 * Takes over the runs that an earlier supervisor left: those whose root lives go on as they are, of the others every
 * process that is left is ended, so that nothing holds the port of the next run.
 */
export async function adoptRuns(supervisor: Supervisor): Promise<void> {
  const records = servicesWithRunRecord(supervisor.root).flatMap((service) => {
    const record = readRunRecord(supervisor.root, service);
    if (!record.ok) removeRunRecord(supervisor.root, service);
    return record.ok ? [record.value] : [];
  });
  await endUnrecorded(supervisor.root, records);
  const plan = readCachedPlan(supervisor.root) ?? planOfRecords(records);
  for (const record of records) {
    if (record.root !== null && isAlive(record.root) && findMembers(record).length > 0) adopt(supervisor, record, plan);
    else await inherit(supervisor, record, plan);
  }
}

/** A run whose record is damaged or gone cannot be adopted: nothing tells what it was. Its processes are ours all the same. */
async function endUnrecorded(root: string, records: readonly RunRecord[]): Promise<void> {
  const paths = pathsOf(root);
  for (const id of findRunIds(paths.runs)) {
    if (records.some((record) => record.id === id)) continue;
    await killRun({ id, root: null, fifo: paths.fifo(id), log: '' }, () => undefined);
  }
}

function adopt(supervisor: Supervisor, record: RunRecord, plan: Plan): void {
  const runner = supervisor.runnerOf(record.plan);
  const ending = new AbortController();
  const { port } = record;
  const spec = specOf(record, plan);
  const { service, shellEnvironment, expectedPorts: ports } = spec;
  const environment = serviceEnvironment({ plan, service, ports, shellEnvironment, runId: record.id });
  if (port !== null) supervisor.ports.take(port, record.service, record.id);
  const kept = new KeptRecord(supervisor.root, isStillReady(record) ? record : { ...record, readyAt: null });
  const rootExited = gone(record, ending.signal);
  const changed = (): void => runner.publish();
  // Its time of day is all that tells how old it is; the clock may have been set back since.
  const ageMs = Math.max(0, systemClock.now() - Date.parse(record.startedAt));
  const facts = { kept, environment, rootExited, ending, changed };
  runner.adopt(new LiveRun({ ...facts, ageMs, clock: systemClock }), spec);
  supervisor.publisher.announce(record.service, { kind: 'adopted', pid: record.root?.pid ?? 0, url: record.url });
}

/** What the next launches follow until the next start request. */
function specOf({ plan: service, port, wantedPort, givenPorts }: RunRecord, plan: Plan): LaunchSpec {
  return {
    plan,
    service,
    shellEnvironment: cleanShellEnvironment(process.env),
    ports: { port, wantedPort },
    expectedPorts: new Map(Object.entries(givenPorts)),
    gate: async () => null,
  };
}

/** As it was when its supervisor died, unless its port is somebody else's now or nobody's. */
function isStillReady(record: RunRecord): boolean {
  if (record.readyAt === null || record.port === null) return record.readyAt !== null;
  const { ours, others } = ownershipOf(record, record.port);
  return ours.length > 0 && others.every(({ address }) => !isReachedAs(address, record.plan.host));
}

/** A process that is not our child tells nobody how it ended. */
async function gone(record: RunRecord, signal: AbortSignal): Promise<ExitStatus> {
  if (record.root !== null) await whenGone(record.root, signal);
  return { code: null, signal: null };
}

/** A restart that was due is still due. Of anything else is told that it ended, and when that was found: nobody saw how. */
async function inherit(supervisor: Supervisor, record: RunRecord, plan: Plan): Promise<void> {
  await killRun(record, () => undefined);
  removeRun(supervisor.root, record);
  const before = readStatus(supervisor.root, record.service);
  const { wanted, restarts, lastExit } = before.ok ? before.value : NO_STATUS;
  const failure: Failure = { reason: 'ended-unseen' };
  const inherited = { record, spec: specOf(record, plan), failure };
  const runner = supervisor.runnerOf(record.plan);
  if (record.root === null && wanted === 'up' && restarts > 0 && lastExit !== null) {
    const past = { wanted, restarts, lastExit };
    return runner.inherit({ ...inherited, past, next: 'back-off', lastExitAt: lastExit.at });
  }
  const exit = { code: null, signal: null };
  const pid = record.root?.pid ?? 0;
  supervisor.publisher.announce(record.service, { kind: 'exited', pid, exit, expected: wanted === 'down' });
  const lastExitAt = new Date().toISOString();
  runner.inherit({ ...inherited, past: { wanted, restarts, lastExit: exit }, next: 'rest', lastExitAt });
}
