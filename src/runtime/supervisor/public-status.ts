import type { Clock, Scheduled } from '../../platform/clock.ts';
import { removePidFile, writePidFile } from '../state/pid-file.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import { writePublicStatus } from '../state/status-file.ts';

/** A reload takes about as long as the start took: it is given twice that, and this at least. */
const LEAST_MS = 3000;
const LONGEST_MS = 60_000;
/** Most services start and stop within this: then only what came of it is written. */
const MOMENT_MS = 250;

/**
 * The status and pid files that tell other tools of the services. A watcher over the whole project (nodemon,
 * live-server) restarts its server whenever one of them changes, and that restart would be told here, too. So nothing
 * is written but what is really another state, and what passes or a run does by itself only once it has lasted.
 */
export class PublicStatus {
  readonly #root: string;
  readonly #clock: Pick<Clock, 'schedule'>;
  readonly #written = new Map<string, ServiceStatus>();
  readonly #due = new Map<string, { status: ServiceStatus; readonly timer: Scheduled }>();

  constructor(root: string, clock: Pick<Clock, 'schedule'>) {
    this.#root = root;
    this.#clock = clock;
  }

  /** Takes note of a service's status as it is now. */
  offer(status: ServiceStatus): void {
    const { service } = status;
    const due = this.#due.get(service);
    if (due !== undefined && isSame(due.status, status)) {
      due.status = status;
      return;
    }
    due?.timer.cancel();
    this.#due.delete(service);
    const written = this.#written.get(service);
    if (written !== undefined && isSame(written, status)) return;
    const delayMs = written !== undefined && isLapse(written, status) ? lastingMs(status) : momentOf(status);
    if (delayMs > 0) {
      const timer = this.#clock.schedule(delayMs, () => this.#writeDue(service));
      this.#due.set(service, { status, timer });
    } else this.#write(status);
  }

  /** The files are gone: what is offered next is written. */
  forget(): void {
    this.#written.clear();
  }

  /** Writes no more. */
  close(): void {
    for (const { timer } of this.#due.values()) timer.cancel();
    this.#due.clear();
  }

  #writeDue(service: string): void {
    const due = this.#due.get(service);
    this.#due.delete(service);
    if (due !== undefined) this.#write(due.status);
  }

  /** What could not be written is tried again at the next change. */
  #write(status: ServiceStatus): void {
    const { service, pid } = status;
    if (pid === null) removePidFile(this.#root, service);
    else writePidFile(this.#root, service, pid);
    if (writePublicStatus(this.#root, status).ok) this.#written.set(service, status);
    else this.#written.delete(service);
  }
}

function isSame(one: ServiceStatus, other: ServiceStatus): boolean {
  return essenceOf(one) === essenceOf(other);
}

/** Without what changes with each probe, each line of a log, and each reload of a server that serves on as before. */
function essenceOf({ health, failure, sockets: _, lastHealthyAt: _at, ...status }: ServiceStatus): string {
  const { verdict } = health;
  return JSON.stringify({ ...status, verdict, failure: failure?.reason });
}

/** Whether it is one run that was ready and lapsed, or came back. */
function isLapse(one: ServiceStatus, other: ServiceStatus): boolean {
  return one.run === other.run && [one, other].every(({ state }) => state === 'ready' || state === 'unhealthy');
}

function momentOf({ state }: ServiceStatus): number {
  return state === 'starting' || state === 'stopping' ? MOMENT_MS : 0;
}

function lastingMs({ startupMs }: ServiceStatus): number {
  return Math.min(Math.max(LEAST_MS, 2 * (startupMs ?? 0)), LONGEST_MS);
}
