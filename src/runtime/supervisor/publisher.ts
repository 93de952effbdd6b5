import { systemClock } from '../../platform/clock.ts';
import { debugLine, type Facts } from '../logs/debug-line.ts';
import { type EventLog, openEventLog } from '../logs/event-log.ts';
import { type LogLevel, type LogNote, wantsDebug } from '../logs/log-level.ts';
import { type Redact, redactSecrets } from '../logs/redact-secrets.ts';
import type { Failure } from '../state/lifecycle.ts';
import { pathsOf } from '../state/paths.ts';
import { removePidFile, writePidFile } from '../state/pid-file.ts';
import type { RuntimeEvent, RuntimeNews } from '../state/runtime-event.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import { writeStatus } from '../state/status-file.ts';

const LARGEST_LOG_BYTES = 5 * 1024 * 1024;

/** Makes every change known: in status and pid files, in `events.ndjson`, and to listeners. */
export class Publisher {
  readonly #root: string;
  readonly #log: EventLog;
  readonly #redact: Redact;
  #isSilent = false;
  readonly #isDebugging: boolean;
  readonly #noteListeners = new Set<(note: LogNote) => void>();
  readonly #listeners = new Set<(event: RuntimeEvent) => void>();

  constructor(root: string, environment: Readonly<Record<string, string>>) {
    const { events, runtimeLog } = pathsOf(root);
    this.#root = root;
    this.#isDebugging = wantsDebug(environment);
    this.#redact = redactSecrets(environment);
    this.#log = openEventLog({
      events,
      runtimeLog,
      maxBytes: LARGEST_LOG_BYTES,
      redact: this.#redact,
      now: systemClock.now,
    });
  }

  /** Nothing is written any more: its folder is gone, and writing would bring it back. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  note(level: LogLevel, message: string): void {
    if (!this.#isSilent) this.#log.note(level, message);
    for (const listener of this.#noteListeners) listener({ level, message: this.#redact(message) });
  }

  /**
   * Notes a decision and what it rests on, where that is asked for: by our own environment, or by a command at work.
   */
  debug(service: string, decision: string, facts: Facts): void {
    if (this.#isDebugging || this.#noteListeners.size > 0) this.note('DEBUG', debugLine(service, decision, facts));
  }

  announce(service: string, news: RuntimeNews): void {
    const event: RuntimeEvent = { at: new Date(systemClock.now()).toISOString(), service, ...news };
    if (!this.#isSilent) this.#log.record(event);
    for (const listener of this.#listeners) listener(event);
  }

  /**
   * A full or read-only disk does not end the supervisor: the services live on, and readers check identities before
   * they believe what an older file says.
   */
  publish(status: ServiceStatus): void {
    if (this.#isSilent) return;
    writeStatus(this.#root, withoutSecrets(status, this.#redact));
    const { service, pid } = status;
    if (pid === null) removePidFile(this.#root, service);
    else writePidFile(this.#root, service, pid);
  }

  /** Calls `listener` with every event from now on, until the returned function is called. */
  subscribe(listener: (event: RuntimeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The same for every note, those of decisions included. */
  followNotes(listener: (note: LogNote) => void): () => void {
    this.#noteListeners.add(listener);
    return () => this.#noteListeners.delete(listener);
  }
}

/** A password may stand in a command, or in the last lines of a log. */
function withoutSecrets(status: ServiceStatus, redact: Redact): ServiceStatus {
  const { command, failure } = status;
  return { ...status, command: redact(command), failure: failure === null ? null : redactFailure(failure, redact) };
}

function redactFailure(failure: Failure, redact: Redact): Failure {
  if (!('lastLines' in failure)) return failure;
  const lastLines = failure.lastLines.map(redact);
  return 'command' in failure ? { ...failure, command: redact(failure.command), lastLines } : { ...failure, lastLines };
}
