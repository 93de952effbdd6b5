import { setTimeout as delay } from 'node:timers/promises';
import { followEvents } from '../../runtime/client/client.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';
import { terminalUser } from '../caller/own-terminal.ts';
import type { CommandContext } from '../context/command-context.ts';
import { viewService } from '../status/service-view.ts';

export interface LifeWatch {
  /** Names of the services whose events count. */
  readonly shown: readonly string[];
  readonly signal: AbortSignal;
  onEvent(event: RuntimeEvent): void;
  onProbe(service: string): void;
}

/** The status is written a moment before or after its event is told. */
const SETTLE_MS = 100;
const RETRY_MS = 500;

export type LifeEnd = 'all-down' | 'aborted' | 'replaced';

/**
 * Tells what happens to the shown services until the signal is aborted. Resolves with `all-down` when a command, here
 * or elsewhere, has stopped all of them. Outlives a supervisor: the next one goes on telling, unless it is of another
 * runtime, which has `replaced` ours.
 */
export async function followLife(watch: LifeWatch, { checkout }: CommandContext): Promise<LifeEnd> {
  const { shown, signal, onEvent, onProbe } = watch;
  const over = new AbortController();
  const checkSoon = () => {
    void delay(SETTLE_MS).then(() => {
      if (areAllDown()) over.abort();
    });
  };
  const areAllDown = () =>
    checkout.plan.services
      .filter(({ name }) => shown.includes(name))
      .map((service) => viewService(checkout.root, service))
      .every(({ pid, status }) => pid === null && status.wanted === 'down');
  const take = (event: RuntimeEvent) => {
    if (signal.aborted || !shown.includes(event.service)) return;
    onEvent(event);
    if (event.kind === 'stopped') checkSoon();
  };
  const ended = AbortSignal.any([signal, over.signal]);
  while (!ended.aborted) {
    const listeners = { onEvent: take, onProbe, isWanted: () => !areAllDown(), user: terminalUser(shown) };
    if ((await followEvents(checkout, listeners, ended)) === 'replaced') return 'replaced';
    if (!ended.aborted && !areAllDown()) await delay(RETRY_MS, undefined, { signal: ended }).catch(ignoreAbort);
    if (!ended.aborted && areAllDown()) over.abort();
  }
  return over.signal.aborted ? 'all-down' : 'aborted';
}

function ignoreAbort(): void {
  // The loop looks at the signal itself.
}
