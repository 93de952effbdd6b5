import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../../base/duration.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { systemClock } from '../../platform/clock.ts';
import { watchPath } from '../../platform/watch-path.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import type { CheckedService } from '../sentences/health-table.ts';
import { statusTable } from '../sentences/status-table.ts';
import { patienceOf } from '../starting/patience.ts';
import { probeServices } from '../status/probe-service.ts';
import { selectServices } from '../status/select-services.ts';
import type { ServiceView } from '../status/service-view.ts';
import { viewFully } from '../status/view-traced.ts';

export interface WaitCommand {
  readonly kind: 'wait';
  readonly names: readonly string[];
  /** `null`: the default. */
  readonly timeoutMs: number | null;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** A process may vanish without a change of its status file. */
const LOOK_EVERY_MS = 1000;

/**
 * Waits until all are ready, and answer when they are asked. Fails at the timeout, and at once when one of them has
 * failed for good.
 */
export async function runWait(command: WaitCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const selected = selectServices(checkout.plan, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const timeoutMs = command.timeoutMs ?? patienceOf(context) ?? DEFAULT_TIMEOUT_MS;
  const { views, isReady } = await waitUntilWell(checkout, selected.value, timeoutMs);
  if (screen.answers === 'json') {
    const services = views.map(({ status: { service }, state, url }) => ({ service, state, url }));
    const outcome = isReady ? 'ready' : isOver(views) ? 'failed' : 'timed-out';
    printJson<'wait'>(screen, { outcome, ...(outcome === 'timed-out' && { stillTrying: true }), services });
  }
  if (isReady) return EXIT.done;
  const missing = views.filter(({ state }) => state !== 'ready');
  const names = missing.map(({ status }) => `\`${status.service}\``).join(', ');
  const failed = isOver(views) ? 'failed' : `not ready after ${formatDuration(timeoutMs)}`;
  screen.note(`${screen.paintNote('red', 'error:')} ${names} ${failed}`);
  screen.note(...statusTable(missing, { paint: screen.paintNote, words, now: Date.now() }));
  return EXIT.failed;
}

function isOver(views: readonly ServiceView[]): boolean {
  return views.every(({ state }) => state === 'ready') || views.some(({ state }) => state === 'failed');
}

interface Watch {
  isOver(views: readonly ServiceView[]): boolean;
  readonly timeoutMs: number;
}

/** How long a server that is not well is left alone. */
const ASK_AGAIN_MS = 500;

/** How services are once all are ready and answer, one has failed for good, or the time is over. */
export async function waitUntilWell(checkout: Checkout, services: readonly ServicePlan[], timeoutMs: number) {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const leftMs = Math.max(0, endMs - performance.now());
    const views = await watchUntil(checkout.root, services, { isOver, timeoutMs: leftMs });
    const seemsReady = views.every(({ state }) => state === 'ready');
    if (!seemsReady) return { views, isReady: false };
    const checked = await probeServices(services, checkout);
    if (checked.every(isWell)) return { views, isReady: true };
    if (performance.now() + ASK_AGAIN_MS >= endMs) return { views: views.map(unwell(checked)), isReady: false };
    await delay(ASK_AGAIN_MS);
  }
}

/** Of one that cannot be asked its state has to do. */
function isWell({ outcome }: CheckedService): boolean {
  return ['passed', 'down', 'unknown'].includes(outcome.kind);
}

/** It was ready, and does not answer as it did. */
function unwell(checked: readonly CheckedService[]): (view: ServiceView) => ServiceView {
  return (view) => {
    const found = checked.find(({ service }) => service === view.status.service);
    if (found === undefined || isWell(found)) return view;
    const seen = found.outcome.kind === 'failed' ? found.outcome.seen : ({ kind: 'nothing-listens' } as const);
    const failure = { reason: 'unhealthy', failures: 1, seen } as const;
    return { ...view, state: 'unhealthy', status: { ...view.status, failure } };
  };
}

/** The views as they were when the watch was over, or at the timeout. */
function watchUntil(root: string, services: readonly ServicePlan[], watch: Watch): Promise<readonly ServiceView[]> {
  const look = () => viewFully(root, services);
  return new Promise((resolve) => {
    const settle = (views: readonly ServiceView[]) => {
      limit.cancel();
      clearInterval(timer);
      watcher.close();
      resolve(views);
    };
    const check = () => {
      const views = look();
      if (watch.isOver(views)) settle(views);
    };
    const watcher = watchPath(pathsOf(root).statuses, check);
    const timer = setInterval(check, LOOK_EVERY_MS);
    const limit = systemClock.schedule(watch.timeoutMs, () => settle(look()));
    check();
  });
}
