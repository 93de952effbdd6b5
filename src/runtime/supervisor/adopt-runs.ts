import { setTimeout as delay } from 'node:timers/promises';
import { cleanShellEnvironment, serviceEnvironment } from '../../plan/environment.ts';
import type { Plan } from '../../plan/plan.ts';
import { readCachedPlan } from '../../plan/plan-cache.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { isReachedAs } from '../health/probe-address.ts';
import { findMembers } from '../process/find-members.ts';
import { findRunIds } from '../process/find-run-ids.ts';
import { killRun } from '../process/stop-run.ts';
import type { ExitStatus } from '../state/lifecycle.ts';
import { pathsOf } from '../state/paths.ts';
import type { RunRecord } from '../state/run-record.ts';
import { readRunRecord, removeRunRecord, servicesWithRunRecord } from '../state/run-record-file.ts';
import { buryRun } from './bury-run.ts';
import { ownershipOf } from './check-run.ts';
import { UNPROBED } from './live-run.ts';
import { planOfRecords } from './plan-of-records.ts';
import type { Supervisor } from './supervisor.ts';

const ADOPTED_POLL_MS = 100;

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
    else await buryDead(supervisor, record);
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
  const { port, wantedPort } = record;
  const shellEnvironment = cleanShellEnvironment(process.env);
  const environment = serviceEnvironment({
    plan,
    service: record.plan,
    ports: new Map(Object.entries(record.givenPorts)),
    shellEnvironment,
    runId: record.id,
  });
  if (port !== null) supervisor.ports.take(port, record.service, record.id);
  runner.adopt(
    {
      record: isStillReady(record) ? record : { ...record, readyAt: null },
      health: UNPROBED,
      environment,
      rootExited: gone(record, ending.signal),
      ending,
    },
    {
      plan,
      service: record.plan,
      shellEnvironment,
      ports: { port, wantedPort },
      expectedPorts: new Map(Object.entries(record.givenPorts)),
      gate: async () => null,
    },
  );
  supervisor.publisher.announce(record.service, { kind: 'adopted', pid: record.root?.pid ?? 0, url: record.url });
}

/** As it was when its supervisor died, unless its port is somebody else's now or nobody's. */
function isStillReady(record: RunRecord): boolean {
  if (record.readyAt === null || record.port === null) return record.readyAt !== null;
  const { ours, others } = ownershipOf(record, record.port);
  return ours.length > 0 && others.every(({ address }) => !isReachedAs(address, record.plan.host));
}

/** A process that is not our child tells nobody how it ended. */
async function gone(record: RunRecord, signal: AbortSignal): Promise<ExitStatus> {
  while (record.root !== null && isAlive(record.root) && !signal.aborted) await delay(ADOPTED_POLL_MS);
  return { code: null, signal: null };
}

async function buryDead(supervisor: Supervisor, record: RunRecord): Promise<void> {
  await killRun(record, () => undefined);
  const runner = supervisor.runnerOf(record.plan);
  buryRun(record, { root: supervisor.root, releasePort: () => undefined });
  supervisor.publisher.announce(record.service, {
    kind: 'exited',
    pid: record.root?.pid ?? 0,
    exit: { code: null, signal: null },
    expected: false,
  });
  runner.publish();
}
