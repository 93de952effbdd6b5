import { acquireLockWaiting } from '../../src/platform/checkout-lock.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';
import { checkoutLockName } from '../../src/runtime/state/checkout-lock-name.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { writeSupervisor } from '../../src/runtime/state/supervisor-file.ts';
import { adoptRuns } from '../../src/runtime/supervisor/adoption/adopt-runs.ts';
import { followPorts } from '../../src/runtime/supervisor/requests/follow-ports.ts';
import { readRequest } from '../../src/runtime/supervisor/server/read-request.ts';
import { Supervisor } from '../../src/runtime/supervisor/supervisor.ts';

/** A supervisor that has taken over and can be asked. */
export interface Supervision {
  readonly supervisor: Supervisor;
  /** Carries out what a client asks; `closed`: when that client has gone. */
  perform(path: string, body: string, closed: Promise<void>): Promise<unknown>;
}

/** What `supervisor/main.ts` does up to its socket, which no process of the simulated machine needs. */
export async function supervise(root: string, begun: (supervisor: Supervisor) => void): Promise<Supervision> {
  makeFolder(pathsOf(root).runs, 0o700);
  const lock = await acquireLockWaiting(checkoutLockName(root), pathsOf(root).state, 300);
  if (lock === undefined) throw new Error('another supervisor has the checkout');
  writeSupervisor(root);
  const supervisor = new Supervisor(root);
  begun(supervisor);
  followPorts(supervisor);
  await adoptRuns(supervisor);
  const perform: Supervision['perform'] = async (path, body, closed) => {
    const request = readRequest(path, body);
    if (!request.ok) throw new Error(request.error);
    return request.value({ supervisor, caller: null, closed, say: () => undefined });
  };
  return { supervisor, perform };
}
