import { existsSync, writeSync } from 'node:fs';
import { cleanText } from '../../base/clean-text.ts';
import { redactor, secretValues } from '../../base/redact-secrets.ts';
import { BUILD_ID } from '../../plan/build-id.ts';
import { acquireLockWaiting, type Lock } from '../../platform/checkout-lock.ts';
import { msToSharedMoment, type Scheduled, systemClock } from '../../platform/clock.ts';
import { holdPlace } from '../../platform/hold-place.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { preloadSpawner } from '../../platform/spawn-service.ts';
import { tidyClaims } from '../ports/reservations.ts';
import { checkoutLockName } from '../state/checkout-lock-name.ts';
import { pathsOf } from '../state/paths.ts';
import { socketPathOf } from '../state/socket-path.ts';
import { removeStateFile } from '../state/state-file.ts';
import { writeSupervisor } from '../state/supervisor-file.ts';
import { adoptRuns } from './adoption/adopt-runs.ts';
import { endUnused } from './requests/end-unused.ts';
import { followPorts } from './requests/follow-ports.ts';
import { stopServices } from './requests/stop-services.ts';
import { type ControlServer, serveControl } from './server/control-server.ts';
import { Supervisor } from './supervisor.ts';

/** A predecessor that steps down needs a moment to let go. */
const LOCK_PATIENCE_MS = 300;
/** How long a supervisor with nothing to do waits for the next command. */
const LINGER_MS = 1000;
/** At the moments at which the sockets and logs of services are looked at. */
const HOUSEKEEPING_MS = 400;
/** What removes `logs/` may be removing all of the worktree: what is written there meanwhile would stay. */
const REMOVAL_MS = 500;

/** Supervises the checkout named by the first argument until nothing is wanted up. */
async function main(root: string): Promise<void> {
  makeFolder(pathsOf(root).runs, 0o700);
  const lock = await acquireLockWaiting(checkoutLockName(root), pathsOf(root).state, LOCK_PATIENCE_MS);
  if (lock === undefined) return say('lock-held');
  writeSupervisor(root);
  const supervisor = new Supervisor(root);
  survive(supervisor);
  followPorts(supervisor);
  await Promise.all([adoptRuns(supervisor), supervisor.commands.takeOver()]);
  const socket = socketPathOf(root);
  const server: ControlServer = await serveControl({
    supervisor,
    socket,
    build: BUILD_ID,
    stepDown: () => void retire(server, { lock, socket }),
  });
  maintain({ supervisor, server, lock, socket });
  say('ready');
  await preloadSpawner(process.argv[1] ?? '');
}

interface SupervisorProcess {
  readonly supervisor: Supervisor;
  readonly server: ControlServer;
  readonly lock: Lock;
  readonly socket: string;
}

/**
 * Goes when there has been nothing to do for a while, and when the project's folder is no longer where it was: one that
 * was moved gets a supervisor at its new place, of one that was removed nothing shall run. Until then it restores what
 * was removed of `logs/`: without the socket no command would reach us, and no other supervisor could take our place.
 */
function maintain({ supervisor, server, lock, socket }: SupervisorProcess): void {
  const place = holdPlace(supervisor.root);
  let idleSince = performance.now();
  let lostSince: number | null = null;
  const leave = (): void => {
    timer.cancel();
    void retire(server, { lock, socket });
  };
  const look = (): void => {
    timer = later();
    const whereabouts = place();
    if (whereabouts === 'moved') return void leave();
    if (whereabouts === 'gone') {
      timer.cancel();
      supervisor.publisher.fallSilent();
      return void stopServices(supervisor, { names: [], mode: 'graceful' }).finally(leave);
    }
    const isBusy = !supervisor.isIdle || server.open > 0;
    if (server.open > 0) supervisor.idle.used();
    if (isBusy) idleSince = performance.now();
    else supervisor.uses.clear();
    endUnused(supervisor).catch(supervisor.reportBug);
    if (performance.now() - idleSince > LINGER_MS) return void leave();
    const isUnreachable = isBusy && !existsSync(socket);
    if (isUnreachable || supervisor.hasLostStatus()) lostSince ??= performance.now();
    if (lostSince === null || performance.now() - lostSince < REMOVAL_MS) return;
    lostSince = null;
    if (isUnreachable) restore();
    else supervisor.republish();
  };
  const later = (): Scheduled => systemClock.schedule(msToSharedMoment(HOUSEKEEPING_MS, systemClock), look);
  let timer = later();
  let isTold = false;
  // What cannot be restored now is tried again, and told once.
  const restore = (): void => {
    server.restore().then(
      () => {
        isTold = false;
        supervisor.republish();
      },
      (cause) => {
        if (!isTold) supervisor.reportBug(cause);
        isTold = true;
      },
    );
  };
}

/** Leaves the services as they are: the next supervisor adopts them. No command waits for what is tidied up here. */
async function retire(server: ControlServer, held: { readonly lock: Lock; readonly socket: string }): Promise<void> {
  removeStateFile(held.socket);
  await Promise.race([server.close(), new Promise((resolve) => setTimeout(resolve, LINGER_MS))]);
  await tidyClaims().catch(() => undefined); // Another one does it later.
  await held.lock.release();
  process.exit(0);
}

/** Tells the command that spawned us, if it still listens. */
function say(word: 'ready' | 'lock-held'): void {
  try {
    writeSync(1, `${word}\n`);
  } catch {
    // The command is gone (EPIPE); the next one finds the socket.
  }
}

/** The services do not need us: on a bug of ours, note it and go; the next command adopts them. */
function survive(supervisor: Supervisor): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGPIPE'] as const) process.on(signal, () => undefined);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (cause) => {
      supervisor.reportBug(cause);
      process.exit(70);
    });
  }
}

const [, , root] = process.argv;
if (root === undefined) throw new Error('the supervisor needs the project root as its first argument');
main(root).catch((cause: unknown) => {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  // Its stderr is the runtime's own log, in which nothing stands as it came.
  process.stderr.write(`${redactor(secretValues(process.env))(cleanText(text, 'plain'))}\n`);
  process.exit(70);
});
