import { join, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServicePlan } from '../../plan/plan.ts';
import type { SourceChange } from '../../platform/newest-change.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import type { BrokenModule } from '../../runtime/health/broken-modules.ts';
import type { ServiceView } from '../status/service-view.ts';
import { viewFully } from '../status/view-traced.ts';
import { type Answered, askServices } from './ask-services.ts';
import { judgeSettled, type SettledVerdict, type Settling } from './judge-settled.ts';
import { type Reactions, watchReactions } from './watch-reactions.ts';
import { type SourceChanges, watchSources } from './watch-sources.ts';

/** How services are once they have done what an edit makes them do. */
export interface SettledState {
  /** `timed-out`: something still moves. */
  readonly outcome: 'settled' | 'timed-out';
  readonly services: readonly SettledService[];
  /** What was changed last in the project. */
  readonly changes: SourceChanges;
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
  /** When it said since the change that it reloads; epoch ms, `null`: it did not. */
  readonly reloadedAt: number | null;
  /** Whether it compiles what its page is made of when that is asked for. */
  readonly hasModules: boolean;
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
  const look = lookAt(checkout.root, services);
  const lookForChange = watchSources(checkout.root);
  const unwellSince = new Map<string, number>();
  let answers: Answers = new Map();
  for (;;) {
    const waitedMs = performance.now() - begunMs;
    const now = Date.now();
    const changes = lookForChange();
    const lastChange = changes.newest;
    const changedMs = lastChange === null ? null : now - lastChange.at;
    const seen = look(lastChange?.at ?? 0, now);
    for (const [name, { isWell, at }] of answers) {
      if (isWell || (unwellSince.get(name) ?? 0) < (lastChange?.at ?? 0)) unwellSince.delete(name);
      if (!isWell && !unwellSince.has(name)) unwellSince.set(name, at);
    }
    const verdicts = seen.map((each) => {
      const unwellMs = now - (unwellSince.get(each.service.name) ?? now);
      return judge(each, answers.get(each.service.name), {
        changedMs,
        waitedMs,
        unwellMs,
        isTouched: isWithin(lastChange, checkout.root, each.service),
      });
    });
    const isSettled = verdicts.every((verdict) => verdict === 'settled' || verdict === 'over');
    if (isSettled || waitedMs >= timeoutMs) {
      const outcome = isSettled ? 'settled' : 'timed-out';
      return { outcome, changes, services: seen.map((each) => resultOf(each, answers)) };
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
  const watched = viewFully(root, services).flatMap(({ status }, index) => {
    const service = services[index];
    const startedAt = Date.parse(status.startedAt ?? '') || 0;
    return service === undefined ? [] : [{ service, look: watchReactions(root, service, startedAt) }];
  });
  return (since, now) => {
    const views = viewFully(root, services);
    return watched.flatMap(({ service, look }, index) => {
      const view = views[index];
      return view === undefined ? [] : [{ service, view, output: look(since, now) }];
    });
  };
}

interface Moment extends Settling {
  readonly unwellMs: number;
  readonly isTouched: boolean;
}

/** Whether a service that was seen so has settled; `answered` is newer than what its status says. */
export function judge(
  { view, output }: Seen,
  answered: Answered | undefined,
  { unwellMs, isTouched, ...times }: Moment,
): SettledVerdict {
  const { state, status } = view;
  const isReloader = output.isReloader && isTouched;
  // A status may go on saying that the port is closed until what listens there again is well.
  const isClosed = answered?.isClosed ?? status.failure?.reason === 'not-listening';
  const answer = answered === undefined ? 'unasked' : answered.isWell ? 'well' : 'unwell';
  return judgeSettled({ state, isClosed, ...output, isReloader, answer, unwellMs }, times);
}

/** Whether the change lies in the service's folder. */
export function isWithin(change: SourceChange | null, root: string, { cwd }: ServicePlan): boolean {
  return change?.file.startsWith(`${join(root, cwd)}${sep}`) === true;
}

function resultOf({ service, view, output }: Seen, answers: Answers): SettledService {
  const { at: askedAt = null, broken = [], isWell = false, hasModules = false } = answers.get(service.name) ?? {};
  const state = askedAt === null ? view.state : stateBy(isWell, view.state);
  return { service, view: { ...view, state }, isWell, askedAt, broken, hasModules, reloadedAt: output.reloadedAt };
}

/** What it answers is newer than what its status says. */
function stateBy(isWell: boolean, state: ServiceView['state']): ServiceView['state'] {
  if (state === 'ready' && !isWell) return 'unhealthy';
  return state === 'unhealthy' && isWell ? 'ready' : state;
}
