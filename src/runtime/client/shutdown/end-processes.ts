import { systemClock } from '../../../platform/clock.ts';
import { identityOfEntry, isAlive } from '../../../platform/process-identity.ts';
import { signalProcess } from '../../../platform/signals.ts';
import { amendStatus } from '../../state/amend-status.ts';
import { socketPathOf } from '../../state/socket-path.ts';
import { removeStateFile } from '../../state/state-file.ts';
import { servicesWithStatus } from '../../state/status-file.ts';
import { callSupervisor } from '../../supervisor/control/call-supervisor.ts';
import { STOP } from '../../supervisor/control/protocol.ts';
import type { StopMode } from '../../supervisor/lifecycle/service-lifecycle.ts';
import type { Checkout } from '../checkout.ts';
import { hasRuns, requestStop } from '../client.ts';
import type { FoundProcess, Survey } from './survey.ts';

export interface ShutdownEnd {
  /** The processes that were to be ended and live no more, those found only meanwhile included. */
  readonly ended: readonly FoundProcess[];
  readonly left: readonly FoundProcess[];
}

const ROUNDS = 3;
const ROUND_MS = 1000;
const POLL_MS = 40;
const LINGER_MS = 3000;

/**
 * Ends the processes that the user was shown, in up to three rounds of a second: SIGTERM first, then SIGKILL to those
 * that still live and those found since. The supervisor is told to stop its runs, so that it starts none again and puts
 * their files right, and it is ended when no other process is left; in the last round it is killed too, for it may be
 * what hangs.
 */
export async function endProcesses(
  checkout: Checkout,
  survey: Survey,
  shown: readonly FoundProcess[],
): Promise<ShutdownEnd> {
  const met = new Map<string, FoundProcess>();
  const { root } = checkout;
  let listed = shown;
  for (let round = 1; round <= ROUNDS && (listed.length > 0 || hasRuns(root)); round++) {
    // A supervisor that comes later was started by us, to stop what no other one did.
    const news = listed.filter(({ reason }) => round === 1 || reason.kind !== 'supervisor');
    for (const each of news) met.set(`${each.entry.pid}/${each.entry.startTime}`, each);
    if (round === 2) noteUnwanted(root);
    let isTold = false;
    void tell(checkout, listed, round === 1 ? 'graceful' : 'kill').then(() => {
      isTold = true;
    });
    for (const { entry, reason } of listed) {
      if (reason.kind === 'supervisor' ? round < ROUNDS : reason.kind === 'run' && round === 1) continue;
      signalProcess(identityOfEntry(entry), round === 1 ? 'SIGTERM' : 'SIGKILL');
      signalProcess(identityOfEntry(entry), 'SIGCONT'); // A suspended process would never see the first signal.
    }
    for (const endMs = performance.now() + ROUND_MS; performance.now() < endMs; ) {
      await systemClock.delay(POLL_MS);
      const alive = listed.filter(isLiving);
      if (!isTold) continue;
      if (alive.length === 0) break;
      if (areOnlySupervisors(alive)) {
        for (const { entry } of alive) signalProcess(identityOfEntry(entry), 'SIGTERM');
      }
    }
    listed = toEnd(survey);
  }
  // An attached command that lost its supervisor starts another one, three times; then it leaves.
  for (const endMs = performance.now() + LINGER_MS; areOnlySupervisors(listed) && performance.now() < endMs; ) {
    for (const { entry } of listed) signalProcess(identityOfEntry(entry), 'SIGTERM');
    await systemClock.delay(POLL_MS);
    listed = toEnd(survey);
  }
  if (!listed.some(({ reason }) => reason.kind === 'supervisor')) removeStateFile(socketPathOf(root));
  return { ended: [...met.values()].filter((each) => !isLiving(each)), left: listed };
}

/**
 * Before their runs are killed: a supervisor that comes by then finds them ended, and what was asked of the one that
 * hangs is not known to it.
 */
function noteUnwanted(root: string): void {
  for (const service of servicesWithStatus(root)) amendStatus(root, service, { wanted: 'down' });
}

function toEnd(survey: Survey): readonly FoundProcess[] {
  return survey.look().filter(({ exemption }) => exemption === null);
}

/** Whether supervisors are left, and no other process. */
function areOnlySupervisors(processes: readonly FoundProcess[]): boolean {
  return processes.length > 0 && processes.every(({ reason }) => reason.kind === 'supervisor');
}

function isLiving({ entry }: FoundProcess): boolean {
  return isAlive(identityOfEntry(entry));
}

/** Another checkout's supervisor, too, would start again what was ended behind its back. */
async function tell(checkout: Checkout, listed: readonly FoundProcess[], mode: StopMode): Promise<void> {
  const ignore = (): void => undefined;
  const others = listed.flatMap(({ other }) => {
    if (other === null || other.root === null || other.service === null) return [];
    const request = { endpoint: STOP, body: { names: [other.service], mode } };
    return [callSupervisor({ ...request, socket: socketPathOf(other.root), onEvent: ignore })];
  });
  await Promise.all([requestStop(checkout, { names: [], mode }, ignore), ...others]);
}
