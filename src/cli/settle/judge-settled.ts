import type { JudgedState } from '../../runtime/state/judge-status.ts';

/** What is known of one service at a moment. */
export interface SettlingService {
  readonly state: JudgedState;
  /** Whether its port is closed though it lives: it may be compiling. */
  readonly isClosed: boolean;
  /** Ms since its log grew; `null`: it is empty. */
  readonly silentMs: number | null;
  /** Whether it printed since the change that it reloads. */
  readonly hasReacted: boolean;
  /** Whether what was changed lies in its folder, and it has said in this run that it reloads. */
  readonly isReloader: boolean;
  /** Whether it has said that it compiles, and nothing of the end. */
  readonly isCompiling: boolean;
  /** Whether it printed an error since it reloaded, or else since the change. */
  readonly hasError: boolean;
  /** What it answered a moment ago; `unasked`: it was not asked since something moved. */
  readonly answer: 'well' | 'unwell' | 'unasked';
  /** Ms since it first answered so, with nothing else in between; 0: it did not. */
  readonly unwellMs: number;
}

export interface Settling {
  /** Ms since a source was changed; `null`: none was. */
  readonly changedMs: number | null;
  /** Ms since the command began to wait. */
  readonly waitedMs: number;
}

/** `ask`: nothing moves any more, so that asking tells. `over`: it is unwell, and more waiting tells nothing new. */
export type SettledVerdict = 'wait' | 'ask' | 'settled' | 'over';

/** The slowest of the usual reloaders look at the files once a second. */
const REACTION_MS = 2000;
/** Of what is known to reload it is certain that it will say so, on a busy machine too. */
const RELOAD_MS = 5000;
/** What a reloader prints at one time lies closer together. */
const QUIET_MS = 300;
/** What compiles for longer without a word says nothing when it is done. */
const COMPILE_MS = 15_000;
/** A server that writes without end is asked all the same. */
const CHATTER_MS = 3000;
/** An error is printed at once: what is silent for so long after one has said it. */
const SAID_MS = 800;
/** What answers wrongly for so long without a word does so for good. */
const UNWELL_MS = 5000;

/** Whether a service has done what an edit makes it do. */
export function judgeSettled(service: SettlingService, { changedMs, waitedMs }: Settling): SettledVerdict {
  const { state, hasReacted, hasError, answer, unwellMs } = service;
  const silentMs = service.silentMs ?? Number.POSITIVE_INFINITY;
  const hasSaid = hasError && silentMs >= SAID_MS;
  const patienceMs = patienceFor(service);
  // A server that itself writes what looks like a source would be waited for without end.
  const isEndless = waitedMs >= patienceMs + CHATTER_MS;
  if (changedMs !== null && !hasReacted && changedMs < patienceMs && !isEndless) return 'wait';
  switch (state) {
    case 'down':
    case 'failed':
    case 'crashed':
    case 'unknown':
      return 'over';
    case 'starting':
    case 'stopping':
    case 'backing-off':
      return hasSaid ? 'over' : 'wait';
    case 'ready':
    case 'unhealthy': {
      if (service.isCompiling && !hasError && silentMs < COMPILE_MS) return 'wait';
      if (answer === 'well') return 'settled';
      // Many print the error at each question: of those no silence can be had.
      const isWrong = unwellMs >= (hasError ? SAID_MS : UNWELL_MS) && !service.isClosed;
      if (answer === 'unwell' && (hasSaid || isWrong)) return 'over';
      return silentMs >= QUIET_MS || waitedMs >= CHATTER_MS ? 'ask' : 'wait';
    }
  }
}

/** For how many ms after a change it is waited for that a service says something. */
function patienceFor({ isReloader, hasError }: SettlingService): number {
  if (isReloader) return RELOAD_MS;
  return hasError ? 0 : REACTION_MS;
}
