import type { ExitStatus, Failure } from '../state/lifecycle.ts';
import type { RuntimeEvent } from '../state/runtime-event.ts';
import { type Period, SpanTally } from './span-tally.ts';

/** How one service fared, as its events tell it. */
export interface ServiceLife {
  /** How long it was wanted up, and how long of that it was ready. */
  readonly wantedMs: number;
  readonly readyMs: number;
  /** Without being asked, oldest first. */
  readonly restarts: readonly Restart[];
  /** Oldest first. */
  readonly startups: readonly Startup[];
}

export interface Restart {
  /** Epoch ms. */
  readonly at: number;
  /** `null`: what led to it is not kept any more. */
  readonly because: CauseOfRestart | null;
}

export interface Startup {
  /** Epoch ms. */
  readonly at: number;
  /** From its launch until it was ready. */
  readonly startupMs: number;
}

export type CauseOfRestart =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'exit'; readonly exit: ExitStatus };

/** Sums a service's events up, oldest first; of the time before the first one nothing is known. Pure. */
export function lifeOfService(events: readonly RuntimeEvent[], period: Period): ServiceLife {
  const spans = new SpanTally(period);
  const restarts: Restart[] = [];
  const startups: Startup[] = [];
  let because: CauseOfRestart | null = null;
  for (const event of events) {
    const at = Date.parse(event.at);
    noteSpan(spans, event, at);
    const isWithin = at >= period.from;
    if (event.kind === 'unhealthy') because = { kind: 'failure', failure: event.failure };
    else if (event.kind === 'exited') because = { kind: 'exit', exit: event.exit };
    else if (event.kind === 'starting') because = null;
    else if (event.kind === 'backing-off' && isWithin) restarts.push({ at, because });
    else if (event.kind === 'ready' && isWithin) startups.push({ at, startupMs: event.startupMs });
  }
  return { ...spans.close(), restarts, startups };
}

function noteSpan(spans: SpanTally, event: RuntimeEvent, at: number): void {
  switch (event.kind) {
    case 'starting':
    case 'on-terminal':
      spans.want(at);
      break;
    case 'backing-off':
      spans.wantStill(at);
      break;
    case 'ready':
    case 'adopted':
    case 'healthy':
    case 'moved':
      spans.serve(at);
      break;
    case 'unhealthy':
    case 'alive-not-listening':
    case 'stopping':
      spans.lapse(at);
      break;
    case 'stopped':
    case 'failed':
      spans.rest(at);
      break;
    case 'exited':
      // How it ended only its supervisor saw: without one it may have been at any time before.
      if (event.exit.code === null && event.exit.signal === null) spans.restUnseen(at);
      else spans.rest(at);
  }
}
