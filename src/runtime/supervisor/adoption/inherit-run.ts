import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import { cleanShellEnvironment } from '../../../plan/environment.ts';
import type { Plan } from '../../../plan/plan.ts';
import { systemClock } from '../../../platform/clock.ts';
import type { ExitStatus, Failure, LeftProcess } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import { readStatus } from '../../state/status-file.ts';
import type { Past } from '../lifecycle/service-lifecycle.ts';
import { readCrashes } from '../run/crash-times.ts';
import { endWholeRun, policyForRest } from '../run/end-whole-run.ts';
import { KeptRecord } from '../run/kept-record.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import { LiveRun } from '../run/live-run.ts';
import { recordedEnvironment } from '../run/recorded-environment.ts';
import { removeRun } from '../run/remove-run.ts';
import type { Supervisor } from '../supervisor.ts';
import { specOfRecord } from './spec-of-record.ts';

const NO_STATUS = { wanted: 'up', restarts: 0, lastExit: null } as const;
const UNSEEN: ExitStatus = { code: null, signal: null };

/**
 * Takes over a run whose root is dead, once everything else of it is ended. A restart that was due is still due. Of
 * anything else is told that it ended and when that was found, not how. What cannot be ended stays a run to be stopped.
 */
export async function inheritRun(supervisor: Supervisor, record: RunRecord, plan: Plan): Promise<void> {
  const { root, publisher } = supervisor;
  publisher.debug(record.service, 'inherit', { run: record.id, root: record.root?.pid });
  const shellEnvironment = cleanShellEnvironment(process.env);
  const environment = recordedEnvironment({ root, record, plan, shellEnvironment });
  const policy = policyForRest(record);
  const ended = await endWholeRun({ record, environment: environment.exported, policy });
  const spec = specOfRecord(record, plan, shellEnvironment);
  if (!ended.ok) return keepLeft(supervisor, { record, spec, environment }, ended.error);
  removeRun(root, record);
  const { wanted, restarts, lastExit } = lastKnown(root, record);
  const runner = supervisor.runnerOf(record.plan);
  const failure: Failure = { reason: 'ended-unseen' };
  const inherited = { record, spec, failure };
  if (record.root === null && wanted === 'up' && restarts > 0 && lastExit !== null) {
    const past: Past = { wanted, restarts, lastExit, crashTimes: readCrashes(record.crashedAt, systemClock) };
    return runner.inherit({ ...inherited, past, next: 'back-off', lastExitAt: lastExit.at });
  }
  const pid = record.root?.pid ?? 0;
  publisher.announce(record.service, { kind: 'exited', pid, exit: UNSEEN, expected: wanted === 'down' });
  const past = { wanted, restarts, lastExit: UNSEEN, crashTimes: [] };
  runner.inherit({ ...inherited, past, next: 'rest', lastExitAt: new Date().toISOString() });
}

interface LeftRun {
  readonly record: RunRecord;
  readonly spec: LaunchSpec;
  readonly environment: CommandEnvironment;
}

function keepLeft(supervisor: Supervisor, { record, spec, environment }: LeftRun, left: readonly LeftProcess[]): void {
  const { root } = supervisor;
  const runner = supervisor.runnerOf(record.plan);
  const kept = new KeptRecord(root, record);
  const facts = { kept, environment, rootExited: Promise.resolve(UNSEEN), ending: new AbortController() };
  const live = new LiveRun({ ...facts, ageMs: 0, clock: systemClock, changed: () => runner.publish() });
  const past = { ...lastKnown(root, record), crashTimes: [] };
  const failure = { reason: 'stop-incomplete', left, port: record.port } as const;
  runner.adopt({ live, spec, past, lastRestart: null, as: { state: 'failed', failure } });
}

function lastKnown(root: string, { service }: RunRecord): Pick<ServiceStatus, 'wanted' | 'restarts' | 'lastExit'> {
  const status = readStatus(root, service);
  const { wanted, restarts, lastExit } = status.ok ? status.value : NO_STATUS;
  return { wanted, restarts, lastExit };
}
