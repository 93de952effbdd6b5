import { setTimeout as delay } from 'node:timers/promises';
import type { ServicePlan } from '../../plan/plan.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import type { BrokenModule } from '../../runtime/health/broken-modules.ts';
import type { ServiceView } from '../status/service-view.ts';
import { viewFully } from '../status/view-traced.ts';
import { type Answered, askServices } from './ask-services.ts';
import { judgeSettled, type SettledVerdict } from './judge-settled.ts';
import { type Reactions, watchReactions } from './watch-reactions.ts';
import { watchSources } from './watch-sources.ts';

/** How services are once they have done what an edit makes them do. */
export interface SettledState {
  /** `timed-out`: something still moves. */
  readonly outcome: 'settled' | 'timed-out';
  readonly services: readonly SettledService[];
  /** When a source was changed last; epoch ms, `null`: there is none. */
  readonly lastChangeAt: number | null;
}

export interface SettledService {
  readonly service: ServicePlan;
  readonly view: ServiceView;
  /** Whether it is ready, and answered as it should. */
  readonly isWell: boolean;
  /** When it was asked, before it answered; epoch ms, `null`: it was not. */
  readonly askedAt: number | null;
  /** What of its page cannot be shown. */
  readonly broken: readonly BrokenModule[];
}

const LOOK_EVERY_MS = 100;
/** How long a server that is not well is left alone. */
const ASK_AGAIN_MS = 250;

interface Seen {
  readonly service: ServicePlan;
  readonly view: ServiceView;
  readonly output: Reactions;
}

type Answers = ReadonlyMap<string, Answered>;

/** Waits until nothing moves any more and all have been asked, or it is certain what is unwell, or the time is over. */
export async function awaitSettled(
  checkout: Checkout,
  services: readonly ServicePlan[],
  timeoutMs: number,
): Promise<SettledState> {
  const begunMs = performance.now();
  const lastChange = watchSources(checkout.root);
  const look = lookAt(checkout.root, services);
  let answers: Answers = new Map();
  for (;;) {
    const waitedMs = performance.now() - begunMs;
    const now = Date.now();
    const lastChangeAt = lastChange();
    const changedMs = lastChangeAt === null ? null : now - lastChangeAt;
    const seen = look(lastChangeAt ?? 0, now);
    const verdicts = seen.map((each) => judge(each, answers, { changedMs, waitedMs }));
    const isSettled = verdicts.every((verdict) => verdict === 'settled' || verdict === 'over');
    if (isSettled || waitedMs >= timeoutMs) {
      const outcome = isSettled ? 'settled' : 'timed-out';
      return { outcome, lastChangeAt, services: seen.map((each) => resultOf(each, answers)) };
    }
    if (verdicts.includes('wait')) {
      answers = new Map();
      await delay(LOOK_EVERY_MS);
    } else {
      if (answers.size > 0) await delay(ASK_AGAIN_MS);
      answers = await askServices(checkout, services);
    }
  }
}

function lookAt(root: string, services: readonly ServicePlan[]): (since: number, now: number) => readonly Seen[] {
  const watched = services.map((service) => ({ service, look: watchReactions(root, service) }));
  return (since, now) => {
    const views = viewFully(root, services);
    return watched.flatMap(({ service, look }, index) => {
      const view = views[index];
      return view === undefined ? [] : [{ service, view, output: look(since, now) }];
    });
  };
}

function judge(
  { service, view, output }: Seen,
  answers: Answers,
  times: Parameters<typeof judgeSettled>[1],
): SettledVerdict {
  const { state, status } = view;
  const answered = answers.get(service.name);
  return judgeSettled(
    {
      state,
      isClosed: status.failure?.reason === 'not-listening',
      ...output,
      answer: answered === undefined ? 'unasked' : answered.isWell ? 'well' : 'unwell',
    },
    times,
  );
}

function resultOf({ service, view }: Seen, answers: Answers): SettledService {
  const answered = answers.get(service.name);
  const { at: askedAt = null, broken = [], isWell = false } = answered ?? {};
  return { service, view, isWell, askedAt, broken };
}
