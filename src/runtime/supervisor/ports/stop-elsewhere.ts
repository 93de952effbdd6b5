import { cleanShellEnvironment } from '../../../plan/environment.ts';
import { readCachedPlan } from '../../../plan/plan-cache.ts';
import { acquireLock } from '../../../platform/checkout-lock.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { readRunRecord } from '../../state/run-record-file.ts';
import { socketPathOf } from '../../state/socket-path.ts';
import { readStatus, writeStatus } from '../../state/status-file.ts';
import { callSupervisor } from '../control/call-supervisor.ts';
import { checkoutLockName } from '../control/lock-name.ts';
import { STOP } from '../control/protocol.ts';
import { endWholeRun } from '../run/end-whole-run.ts';
import { planOfRecords } from '../run/plan-of-records.ts';
import { recordedEnvironment } from '../run/recorded-environment.ts';
import { removeRun } from '../run/remove-run.ts';

/** As long as any service may reasonably take to stop. */
const LIMIT_MS = 60_000;

interface ServiceElsewhere {
  readonly root: string;
  readonly service: string;
}

/**
 * Has one service of another checkout stopped, by its supervisor if it has one; whether that worked shows at the port.
 */
export async function stopElsewhere({ root, service }: ServiceElsewhere): Promise<void> {
  const asked = await callSupervisor({
    socket: socketPathOf(root),
    endpoint: STOP,
    body: { names: [service], mode: 'graceful' },
    onEvent: () => undefined,
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (!asked.ok && asked.error.reason === 'unreachable') await stopUnsupervised(root, service);
}

/**
 * In place of a missing supervisor: the checkout's lock keeps another one from coming meanwhile. What cannot be ended
 * its status tells, and its record is there for the next stop.
 */
async function stopUnsupervised(root: string, service: string): Promise<void> {
  if (!readRunRecord(root, service).ok) return;
  const lock = await acquireLock(checkoutLockName(root), pathsOf(root).state);
  const record = readRunRecord(root, service);
  if (lock !== undefined && record.ok) {
    const { stop: policy } = record.value.plan;
    const ended = await endWholeRun({ record: record.value, environment: environmentOf(root, record.value), policy });
    if (ended.ok) removeRun(root, record.value);
    const left = ended.ok ? null : ({ reason: 'stop-incomplete', left: ended.error, port: record.value.port } as const);
    writeDown(root, service, left);
  }
  await lock?.release();
}

function environmentOf(root: string, record: RunRecord): Readonly<Record<string, string>> {
  const plan = readCachedPlan(root) ?? planOfRecords([record]);
  return recordedEnvironment({ root, record, plan, shellEnvironment: cleanShellEnvironment(process.env) }).exported;
}

function writeDown(root: string, service: string, failure: Failure | null): void {
  const status = readStatus(root, service);
  if (!status.ok) return;
  const gone = { pid: null, identity: null, port: null, url: null, supervisor: null, failure };
  const lastExit = { code: null, signal: null, at: new Date().toISOString() };
  const state = failure === null ? 'down' : 'failed';
  writeStatus(root, { ...status.value, ...gone, state, wanted: 'down', lastExit });
}
