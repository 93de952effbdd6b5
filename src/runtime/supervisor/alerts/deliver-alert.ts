import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import type { HookPlan } from '../../../plan/plan.ts';
import { resolveCommand } from '../../../plan/resolve-command.ts';
import type { Clock } from '../../../platform/clock.ts';
import { noticeCommand } from '../../../platform/notice-command.ts';
import { type CommandOutcome, runCommand } from '../../../platform/run-command.ts';
import { type CommandGuard, runGuarded } from '../../process/run-guarded.ts';
import type { HookOutcome } from '../../state/hook-outcomes.ts';
import type { Alert } from './alert.ts';
import type { HookTurns } from './hook-turns.ts';
import type { Patience } from './patience.ts';
import { postAlert } from './post-alert.ts';
import { type Hook, resolveHooks } from './resolve-hooks.ts';

/** Of what a command that failed has said. */
const QUOTED_CHARACTERS = 200;
const NOTICE_MS = 5000;

export interface Delivery {
  readonly hooks: HookPlan;
  /** What `$VAR` in a hook stands for, and what its command runs with. */
  readonly environment: CommandEnvironment;
  /** Of the project; commands run there, and do not outlive this process. */
  readonly guard: CommandGuard;
  readonly clock: Pick<Clock, 'delay'>;
  readonly turns: HookTurns;
  readonly patience: Patience;
  /** Breaks it off, with everything that a command started. */
  readonly signal: AbortSignal;
}

/** Tells every hook of a plan, all at once; never rejects. */
export async function deliverAlert(alert: Alert, delivery: Delivery): Promise<readonly HookOutcome[]> {
  const resolved = resolveHooks(delivery.hooks, delivery.environment);
  return Promise.all(
    resolved.map(async (hook) => {
      if (!hook.ok) return hook.error;
      const { kind } = hook.value;
      return { hook: kind, problem: await delivery.turns.take(kind, () => tell(hook.value, alert, delivery)) };
    }),
  );
}

function tell(hook: Hook, alert: Alert, delivery: Delivery): Promise<string | null> {
  switch (hook.kind) {
    case 'webhook':
      return postAlert(alert, hook, delivery);
    case 'command':
      return runHook(hook.command, alert, delivery);
    case 'desktop':
      return showNotice(alert, delivery);
  }
}

async function runHook(written: string, alert: Alert, delivery: Delivery): Promise<string | null> {
  const { environment, guard, patience, signal } = delivery;
  const { exported, named } = environment;
  const { kind, project, service, reason, url, text } = alert;
  const about = { KIND: kind, PROJECT: project, SERVICE: service ?? '', REASON: reason, URL: url ?? '', TEXT: text };
  const told = Object.fromEntries(Object.entries(about).map(([name, value]) => [`DEVGEN_ALERT_${name}`, value]));
  const { command, environment: whole } = resolveCommand(written, { exported: { ...exported, ...told }, named });
  const request = {
    ...({ command, cwd: guard.root, environment: whole, output: 'capture' } as const),
    ...{ input: `${JSON.stringify(alert)}\n`, timeoutMs: patience.commandMs, signal },
  };
  const outcome = await runGuarded({ kind: 'hook', name: 'command', command: written, request }, guard);
  return problemOf(outcome, patience.commandMs);
}

async function showNotice({ text }: Alert, { environment, guard, signal }: Delivery): Promise<string | null> {
  const [title = '', ...lines] = text.split('\n');
  const command = noticeCommand({ title, text: lines.slice(0, 2).join('\n') });
  const run = { command, cwd: guard.root, environment: environment.exported, signal } as const;
  return problemOf(await runCommand({ ...run, output: 'capture', timeoutMs: NOTICE_MS }), NOTICE_MS);
}

function problemOf({ ended, code, signal, output }: CommandOutcome, limitMs: number): string | null {
  if (ended === 'timed-out') return `did not end within ${limitMs / 1000} s`;
  if (ended === 'aborted') return 'was broken off';
  if (code === 0) return null;
  const how = signal === null ? `ended with exit code ${code}` : `ended by signal ${signal}`;
  const said = output.trim().slice(-QUOTED_CHARACTERS);
  return said === '' ? how : `${how}: ${said}`;
}
