import { cleanShellEnvironment } from '../../../plan/environment.ts';
import { acquireLock } from '../../../platform/checkout-lock.ts';
import { stopRun } from '../../process/stop-run.ts';
import { pathsOf } from '../../state/paths.ts';
import { readRunRecord } from '../../state/run-record-file.ts';
import { socketPathOf } from '../../state/socket-path.ts';
import { readStatus, writeStatus } from '../../state/status-file.ts';
import { callSupervisor } from '../control/call-supervisor.ts';
import { checkoutLockName } from '../control/lock-name.ts';
import { STOP } from '../control/protocol.ts';
import { endContainer } from '../run/end-container.ts';
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

/** In place of a missing supervisor: the checkout's lock keeps another one from coming meanwhile. */
async function stopUnsupervised(root: string, service: string): Promise<void> {
  if (!readRunRecord(root, service).ok) return;
  const lock = await acquireLock(checkoutLockName(root), pathsOf(root).state);
  const record = readRunRecord(root, service);
  if (lock !== undefined && record.ok) {
    const { graceMs } = record.value.plan.stop;
    const environment = cleanShellEnvironment(process.env);
    await endContainer({ record: record.value, environment, graceMs });
    const stopped = await stopRun(record.value, record.value.plan.stop, () => undefined);
    if (stopped.ok) {
      removeRun(root, record.value);
      writeDown(root, service);
    }
  }
  await lock?.release();
}

function writeDown(root: string, service: string): void {
  const status = readStatus(root, service);
  if (!status.ok) return;
  const gone = { pid: null, identity: null, port: null, url: null, supervisor: null, failure: null };
  const lastExit = { code: null, signal: null, at: new Date().toISOString() };
  writeStatus(root, { ...status.value, ...gone, state: 'down', wanted: 'down', lastExit });
}
