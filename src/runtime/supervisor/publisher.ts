import { type Redact, redactor, secretValues } from '../../base/redact-secrets.ts';
import { systemClock } from '../../platform/clock.ts';
import { debugLine, type Facts } from '../logs/debug-line.ts';
import { type EventLog, openEventLog } from '../logs/event-log.ts';
import { type LogLevel, type LogNote, wantsDebug } from '../logs/log-level.ts';
import { type HookOutcome, noteHookOutcomes } from '../state/hook-outcomes.ts';
import type { MetricsSample } from '../state/metrics-sample.ts';
import { pathsOf } from '../state/paths.ts';
import type { RuntimeEvent, RuntimeNews } from '../state/runtime-event.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import { OwnStatus } from './own-status.ts';
import { presentable } from './presentable.ts';
import { PublicStatus } from './public-status.ts';

const LARGEST_LOG_BYTES = 5 * 1024 * 1024;

/**
 * Makes every change known: in status and pid files, in `events.ndjson`, and to listeners. Nothing that a service, a
 * config or a user wrote leaves here, or by the control socket, as it came: it is cleaned, without secrets, and its
 * lines are of bounded length.
 */
export class Publisher {
  readonly #root: string;
  readonly #log: EventLog;
  readonly #own: OwnStatus;
  readonly #public: PublicStatus;
  readonly #secrets: Set<string>;
  #redact: Redact;
  #isSilent = false;
  readonly #isDebugging: boolean;
  readonly #noteListeners = new Set<(note: LogNote) => void>();
  readonly #probeListeners = new Set<(service: string) => void>();
  readonly #listeners = new Set<(event: RuntimeEvent) => void>();

  constructor(root: string, environment: Readonly<Record<string, string>>) {
    const { events, metrics, runtimeLog } = pathsOf(root);
    this.#root = root;
    this.#own = new OwnStatus(root, systemClock);
    this.#public = new PublicStatus(root, systemClock);
    this.#isDebugging = wantsDebug(environment);
    this.#secrets = new Set(secretValues(environment));
    this.#redact = redactor(this.#secrets);
    this.#log = openEventLog({
      events,
      metrics,
      runtimeLog,
      maxBytes: LARGEST_LOG_BYTES,
      now: systemClock.now,
    });
  }

  /** From here on these are masked, too; those of earlier runs stay so. */
  hide(secrets: readonly string[]): void {
    if (secrets.every((secret) => this.#secrets.has(secret))) return;
    for (const secret of secrets) this.#secrets.add(secret);
    this.#redact = redactor(this.#secrets);
  }

  /** Nothing is written any more: its folder is gone, and writing would bring it back. */
  fallSilent(): void {
    this.#isSilent = true;
    this.#own.close();
    this.#public.close();
  }

  get isSilent(): boolean {
    return this.#isSilent;
  }

  note(level: LogLevel, message: string): void {
    const note = this.presentable({ level, message });
    if (!this.#isSilent) this.#log.note(level, note.message);
    for (const listener of this.#noteListeners) listener(note);
  }

  /**
   * Notes a decision and what it rests on, where that is asked for: by our own environment, or by a command at work.
   */
  debug(service: string, decision: string, facts: Facts): void {
    if (this.#isDebugging || this.#noteListeners.size > 0) this.note('DEBUG', debugLine(service, decision, facts));
  }

  announce(service: string, news: RuntimeNews): void {
    const event = this.keep(service, news);
    for (const listener of this.#listeners) listener(event);
  }

  /** Only writes it down. */
  keep(service: string, news: RuntimeNews): RuntimeEvent {
    const at = new Date(systemClock.now()).toISOString();
    const event: RuntimeEvent = this.presentable({ at, service, ...news });
    if (!this.#isSilent) this.#log.record(event);
    return event;
  }

  /** Keeps how telling hooks went. */
  noteHooks(told: readonly HookOutcome[]): void {
    const outcomes = this.presentable(told);
    for (const { hook, problem } of outcomes) if (problem !== null) this.note('WARN', `hook \`${hook}\`: ${problem}`);
    if (!this.#isSilent) noteHookOutcomes(this.#root, outcomes, new Date(systemClock.now()).toISOString());
  }

  /** There is no text in a sample that a service or a user wrote. */
  measure(sample: MetricsSample): void {
    if (!this.#isSilent) this.#log.measure(sample);
  }

  /**
   * A full or read-only disk does not end the supervisor: the services live on, and readers check identities before
   * they believe what an older file says.
   */
  publish(status: ServiceStatus): void {
    if (this.#isSilent) return;
    const presentable = this.presentable(status);
    this.#own.take(presentable);
    this.#public.offer(presentable);
  }

  /** What lay in `logs/` is gone: all that is published next is written again. */
  startAfresh(): void {
    this.#public.forget();
  }

  /** Calls `listener` with every event from now on, until the returned function is called. */
  subscribe(listener: (event: RuntimeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nothing of it is written: what it finds is. */
  tellProbe(service: string): void {
    for (const listener of this.#probeListeners) listener(service);
  }

  /** The same for every probe that begins. */
  followProbes(listener: (service: string) => void): () => void {
    this.#probeListeners.add(listener);
    return () => this.#probeListeners.delete(listener);
  }

  /** The same for every note, those of decisions included. */
  followNotes(listener: (note: LogNote) => void): () => void {
    this.#noteListeners.add(listener);
    return () => this.#noteListeners.delete(listener);
  }

  /** The data as it may leave this process. */
  presentable<Data>(data: Data): Data {
    return presentable(data, this.#redact);
  }
}
