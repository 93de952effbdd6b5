import { redactor, secretValues } from '../../../base/redact-secrets.ts';
import { cleanShellEnvironment } from '../../../plan/environment.ts';
import { readCachedPlan } from '../../../plan/plan-cache.ts';
import { secretsOf } from '../../../plan/secrets.ts';
import { acquireLock } from '../../../platform/checkout-lock.ts';
import { amendStatus } from '../../state/amend-status.ts';
import { checkoutLockName } from '../../state/checkout-lock-name.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { readRunRecord } from '../../state/run-record-file.ts';
import { askToStop } from '../control/ask-to-stop.ts';
import { presentable } from '../presentable.ts';
import { endWholeRun } from '../run/end-whole-run.ts';
import { planOfRecords } from '../run/plan-of-records.ts';
import { recordedEnvironment } from '../run/recorded-environment.ts';
import { removeRun } from '../run/remove-run.ts';

interface ServiceElsewhere {
  readonly root: string;
  readonly service: string;
}

/**
 * Has one service of another checkout stopped, by its supervisor if it has one; whether that worked shows at the port.
 */
export async function stopElsewhere({ root, service }: ServiceElsewhere): Promise<void> {
  const asked = await askToStop(root, [service]);
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
  if (lock !== undefined && record.ok) await endRecorded(root, record.value);
  await lock?.release();
}

async function endRecorded(root: string, record: RunRecord): Promise<void> {
  const plan = readCachedPlan(root) ?? planOfRecords([record]);
  const shellEnvironment = cleanShellEnvironment(process.env);
  const { exported } = recordedEnvironment({ root, record, plan, shellEnvironment });
  const ended = await endWholeRun({ record, environment: exported, policy: record.plan.stop });
  const lastExit = { code: null, signal: null, at: new Date().toISOString() };
  const gone = {
    pid: null,
    identity: null,
    port: null,
    url: null,
    supervisor: null,
    wanted: 'down',
    lastExit,
  } as const;
  if (ended.ok) {
    removeRun(root, record);
    return amendStatus(root, record.service, { ...gone, state: 'down', failure: null });
  }
  const redact = redactor([...secretValues(shellEnvironment), ...secretsOf(plan, shellEnvironment)]);
  const failure = presentable({ reason: 'stop-incomplete', left: ended.error, port: record.port } as const, redact);
  amendStatus(root, record.service, { ...gone, state: 'failed', failure });
}
