import { formatDuration } from '../../../base/duration.ts';
import type { Clock, Scheduled } from '../../../platform/clock.ts';
import type { Words } from '../../sentences/sentence.ts';
import type { RuntimeEvent } from '../../state/runtime-event.ts';
import { type Alert, type AlertFacts, composeAlert } from './alert.ts';
import { AlertGate, type Importance } from './alert-gate.ts';
import { doneAbout, isTrouble, quotedLines, reasonOf } from './describe-trouble.ts';

/** Events of one mishap come at once: what happened, and what is done about it. */
const GATHERING_MS = 250;

export interface AlerterHost {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs' | 'schedule'>;
  /** How commands are named to a user who is not at a terminal of the project. */
  words(): Words;
  /** `undefined`: no hook is to be told of the service. */
  factsOf(service: string): AlertSubject | undefined;
  /** The facts as they may leave this process: cleaned and without secrets. */
  presentable(facts: AlertFacts): AlertFacts;
  /** Hands it to the hooks of the service's plan; never rejects. */
  send(service: string, alert: Alert): Promise<void>;
}

export interface AlertSubject {
  readonly project: string;
  readonly url: string | null;
  /** Of its log, as they are now. */
  lastLines(): readonly string[];
}

/** News that is no event. */
export interface News extends Pick<Alert, 'reason' | 'since'> {
  readonly about: 'service' | 'memory' | 'disk';
  readonly kind: 'trouble' | 'recovered';
}

/** Whether it is told now; if not, it may be asked for again. */
export type TellNews = (news: News) => boolean;

/** What is said of one alert; the rest is the same for all. */
type Said = Pick<Alert, 'kind' | 'reason' | 'since' | 'done' | 'lastLines' | 'event'> & {
  readonly about: News['about'];
  readonly importance: Importance;
};

interface Trouble {
  readonly since: string;
  /** A start that follows is the user's, unless a restart is announced before it. */
  readonly isStopped: boolean;
}

interface Gathered {
  readonly events: RuntimeEvent[];
  readonly timer: Scheduled;
  /** As they were then: the run that follows writes, too. */
  readonly lastLines: readonly string[];
}

/** Makes alerts of events: one a mishap, not too many, and one when the service is well again. */
export class Alerter {
  readonly #host: AlerterHost;
  readonly #gate = new AlertGate();
  readonly #gathered = new Map<string, Gathered>();
  /** When it began, of what a user was told and is not over. */
  readonly #troubled = new Map<string, Trouble>();
  #sending = 0;

  constructor(host: AlerterHost) {
    this.#host = host;
  }

  /** Whether something is still to be sent. */
  get isBusy(): boolean {
    return this.#sending > 0 || this.#gathered.size > 0;
  }

  note(event: RuntimeEvent): void {
    const { service, kind } = event;
    const gathered = this.#gathered.get(service);
    if (gathered !== undefined && kind !== 'ready' && kind !== 'healthy') gathered.events.push(event);
    else if (isTrouble(event)) this.#gather(event);
    else if (kind === 'ready' || kind === 'healthy' || kind === 'moved') this.#recover(event);
    else this.#noteStop(event);
  }

  /** What is about the machine is told as this service's news is. */
  tell(service: string, news: News): boolean {
    const importance = news.kind === 'recovered' ? 'always' : 'repeated';
    return this.#send(service, { ...news, done: null, lastLines: [], event: null, importance });
  }

  #gather(event: RuntimeEvent): void {
    const subject = this.#host.factsOf(event.service);
    if (subject === undefined) return;
    const timer = this.#host.clock.schedule(GATHERING_MS, () => this.#flush(event.service));
    this.#gathered.set(event.service, { events: [event], timer, lastLines: subject.lastLines() });
  }

  #flush(service: string): void {
    const gathered = this.#gathered.get(service);
    const [first] = gathered?.events ?? [];
    this.#gathered.delete(service);
    gathered?.timer.cancel();
    if (gathered === undefined || first === undefined) return;
    const { events } = gathered;
    const isFinal = events.some(({ kind }) => kind === 'failed');
    const words = this.#host.words();
    const lastLines = quotedLines(events) ?? gathered.lastLines;
    const said = {
      about: 'service',
      kind: 'trouble',
      reason: reasonOf(events, words),
      since: first.at,
      done: doneAbout(events, service, words),
      lastLines,
      event: events.findLast(isTrouble) ?? first,
      importance: isFinal ? 'always' : 'usual',
    } as const;
    if (this.#send(service, said)) {
      this.#troubled.set(service, { since: first.at, isStopped: false });
    }
  }

  /** What its user stops is no trouble any more. */
  #noteStop({ service, kind }: RuntimeEvent): void {
    const trouble = this.#troubled.get(service);
    if (trouble === undefined) return;
    if (kind === 'stopped' || kind === 'backing-off') {
      this.#troubled.set(service, { ...trouble, isStopped: kind === 'stopped' });
    } else if (kind === 'starting' && trouble.isStopped) this.#troubled.delete(service);
  }

  #recover(event: RuntimeEvent): void {
    const { service } = event;
    this.#flush(service);
    const { since } = this.#troubled.get(service) ?? {};
    this.#troubled.delete(service);
    if (since === undefined) return;
    const tookMs = Math.max(0, Date.parse(event.at) - Date.parse(since));
    const reason = `it is ready again after ${formatDuration(tookMs)}`;
    const said = { kind: 'recovered', reason, since, done: null, lastLines: [], event } as const;
    this.#send(service, { ...said, about: 'service', importance: 'always' });
  }

  /** Whether it is sent. */
  #send(service: string, { about, importance, ...facts }: Said): boolean {
    const subject = this.#host.factsOf(service);
    const { clock } = this.#host;
    const key = about === 'service' ? `service ${service}` : about;
    const heldBack = subject && this.#gate.admit(key, clock.monotonicMs(), importance);
    if (subject === undefined || heldBack === undefined) return false;
    const at = new Date(clock.now()).toISOString();
    const whose = about === 'service' ? { service, url: subject.url } : { service: null, url: null };
    const told = { ...facts, ...whose, project: subject.project, at, heldBack };
    const alert = composeAlert(this.#host.presentable(told));
    this.#sending += 1;
    void this.#host.send(service, alert).finally(() => {
      this.#sending -= 1;
    });
    return true;
  }
}
