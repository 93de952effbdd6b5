import type { HookPlan } from '../../plan/plan.ts';
import { notifyDesktop } from '../../platform/notify-desktop.ts';
import type { RuntimeEvent } from '../state/runtime-event.ts';

const PATIENCE_MS = 5000;

/** What a user who looks elsewhere wants to be told. */
const ALERTS: ReadonlySet<RuntimeEvent['kind']> = new Set([
  'exited',
  'alive-not-listening',
  'unhealthy',
  'backing-off',
  'failed',
]);

export interface Alerting {
  readonly project: string;
  readonly hooks: HookPlan;
  /** A hook that fails is only noted: it must not hurt the services it tells about. */
  readonly note: (problem: string) => void;
}

/** Tells the configured hooks about an event, if it is one that calls for attention. Never rejects. */
export async function alert(event: RuntimeEvent, { project, hooks, note }: Alerting): Promise<void> {
  if (!ALERTS.has(event.kind) || (event.kind === 'exited' && event.expected)) return;
  try {
    if (hooks.desktop) notifyDesktop({ title: `${project}: ${event.service}`, text: headline(event) });
    if (hooks.webhook === null) return;
    const response = await fetch(hooks.webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        schemaVersion: 1,
        project,
        text: `${project}: ${event.service} ${headline(event)}`,
        event,
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel(); // Unread, it would keep the connection.
    if (!response.ok) note(`the webhook answered ${response.status}`);
  } catch (cause) {
    note(`a hook could not be told: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** A few words; the whole event goes along where it can be read. */
function headline(event: RuntimeEvent): string {
  switch (event.kind) {
    case 'exited':
      return `ended unexpectedly (${event.exit.signal ?? `exit code ${event.exit.code ?? 'unknown'}`})`;
    case 'backing-off':
      return `is restarted (${event.attempt} of at most ${event.maxRestarts})`;
    case 'failed':
      return `failed (${event.failure.reason})`;
    case 'alive-not-listening':
      return 'is alive, but it does not listen';
    default:
      return 'is unhealthy';
  }
}
