import { cleanShellEnvironment, serviceEnvironment } from '../../../plan/environment.ts';
import type { Plan } from '../../../plan/plan.ts';
import { readCachedPlan, readLastPlan } from '../../../plan/plan-cache.ts';
import { secretsOf } from '../../../plan/secrets.ts';
import { systemClock } from '../../../platform/clock.ts';
import { environmentOf } from '../../../platform/process-environment.ts';
import { isAlive, type ProcessIdentity } from '../../../platform/process-identity.ts';
import { whenGone } from '../../../platform/when-gone.ts';
import { findMembersOfEach } from '../../process/find-members.ts';
import { findRunIds } from '../../process/find-run-ids.ts';
import { killRun } from '../../process/stop-run.ts';
import type { ExitStatus } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { unreadableRecord } from '../../state/run-record-file.ts';
import { servicesWithRunRecord } from '../../state/services-with-run-record.ts';
import { KeptRecord } from '../run/kept-record.ts';
import { LiveRun } from '../run/live-run.ts';
import { planOfRecords } from '../run/plan-of-records.ts';
import type { Supervisor } from '../supervisor.ts';
import { assessRun, lastRestartOf, pastOfRun } from './assess-run.ts';
import { inheritRun } from './inherit-run.ts';
import { recordedRuns } from './recorded-runs.ts';
import { recoverShell } from './recover-shell.ts';
import { specOfRecord } from './spec-of-record.ts';

/**
 * Takes over the runs that an earlier supervisor left: those whose root lives go on as they are, of the others every
 * process that is left is ended, so that nothing holds the port of the next run.
 */
export async function adoptRuns(supervisor: Supervisor): Promise<void> {
  const { root } = supervisor;
  const last = readLastPlan(root);
  if (last !== undefined) supervisor.publisher.hide(secretsOf(last, ownShell()));
  const services = servicesWithRunRecord(root);
  const records = recordedRuns(root, services);
  const unreadable = services.flatMap((service) => unreadableRecord(root, service) ?? []);
  for (const { path, because } of unreadable)
    supervisor.publisher.note('WARN', `${path} is ${because}: its run is left alone`);
  // Any run without a record may be the one whose record cannot be read.
  if (unreadable.length === 0) await endUnrecorded(supervisor, records);
  const plan = readCachedPlan(root) ?? last ?? planOfRecords(records);
  const members = findMembersOfEach(records);
  await Promise.all(
    records.map(async (record, index) => {
      const isLive = record.root !== null && isAlive(record.root) && (members[index] ?? []).length > 0;
      if (isLive) await adopt(supervisor, record, { plan, root: record.root });
      else await inheritRun(supervisor, record, plan);
    }),
  );
}

/** A run whose record is gone cannot be adopted: nothing tells what it was. Its processes are ours all the same. */
async function endUnrecorded({ root, publisher }: Supervisor, records: readonly RunRecord[]): Promise<void> {
  const paths = pathsOf(root);
  for (const id of findRunIds(paths.runs)) {
    if (records.some((record) => record.id === id)) continue;
    const ended = await killRun({ id, root: null, fifo: paths.fifo(id), log: '' }, () => undefined);
    const pids = ended.ok ? [] : ended.error.map(({ pid }) => pid);
    if (!ended.ok) publisher.note('WARN', `of a run without a record these could not be ended: ${pids.join(', ')}`);
  }
}

interface Adoption {
  readonly plan: Plan;
  /** The run's, alive. */
  readonly root: ProcessIdentity;
}

async function adopt(supervisor: Supervisor, record: RunRecord, { plan, root }: Adoption): Promise<void> {
  const runner = supervisor.runnerOf(record.plan);
  const ending = new AbortController();
  const { port } = record;
  const ports = new Map(Object.entries(record.givenPorts));
  const run = { plan, root: supervisor.root, service: record.plan, ports, runId: record.id };
  const variables = environmentOf(root.pid);
  const shellEnvironment = variables === undefined ? ownShell() : recoverShell(variables, run);
  const given = serviceEnvironment({ ...run, shellEnvironment });
  const environment = { ...given, exported: variables ?? given.exported };
  if (port !== null) supervisor.ports.claims.claim({ service: record.service, port, run: record.id });
  const as = await assessRun(supervisor.root, { record, environment });
  supervisor.publisher.debug(record.service, 'adopt', { run: record.id, pid: root.pid, ...as });
  const kept = new KeptRecord(supervisor.root, as.state === 'starting' ? { ...record, readyAt: null } : record);
  const rootExited = gone(record, ending.signal);
  const changed = (): void => runner.publish();
  // Its time of day is all that tells how old it is; the clock may have been set back since.
  const ageMs = Math.max(0, systemClock.now() - Date.parse(record.startedAt));
  const facts = { kept, environment, rootExited, ending, changed };
  runner.adopt({
    live: new LiveRun({ ...facts, ageMs, clock: systemClock }),
    spec: specOfRecord(record, plan, shellEnvironment),
    past: pastOfRun(supervisor.root, record, systemClock),
    lastRestart: lastRestartOf(supervisor.root, record),
    as,
  });
  supervisor.publisher.announce(record.service, { kind: 'adopted', pid: record.root?.pid ?? 0, url: record.url });
}

/** Where the run's own cannot be read, or nothing of the run lives: that of the command which began this supervisor. */
function ownShell(): Record<string, string> {
  return cleanShellEnvironment(process.env);
}

/** How a process ended is told to its parent only, which we are not. */
async function gone(record: RunRecord, signal: AbortSignal): Promise<ExitStatus> {
  if (record.root !== null) await whenGone(record.root, signal);
  return { code: null, signal: null };
}
