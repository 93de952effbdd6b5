import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import type { HookPlan } from '../../../plan/plan.ts';
import { resolveCommand } from '../../../plan/resolve-command.ts';
import type { Clock } from '../../../platform/clock.ts';
import { notifyDesktop } from '../../../platform/notify-desktop.ts';
import { runCommand } from '../../../platform/run-command.ts';
import type { HookOutcome } from '../../state/hook-outcomes.ts';
import type { Alert } from './alert.ts';
import { postAlert } from './post-alert.ts';
import { type Hook, resolveHooks } from './resolve-hooks.ts';

const COMMAND_LIMIT_MS = 30_000;
/** Of what a command that failed has said. */
const QUOTED_CHARACTERS = 200;

export interface Delivery {
  readonly hooks: HookPlan;
  /** What `$VAR` in a hook stands for, and what its command runs with. */
  readonly environment: CommandEnvironment;
  /** Of the project; commands run there. */
  readonly root: string;
  readonly clock: Pick<Clock, 'delay'>;
}

/** Tells every hook of a plan, all at once; never rejects. */
export async function deliverAlert(alert: Alert, delivery: Delivery): Promise<readonly HookOutcome[]> {
  const resolved = resolveHooks(delivery.hooks, delivery.environment);
  return Promise.all(
    resolved.map(async (hook) => {
      if (!hook.ok) return hook.error;
      return { hook: hook.value.kind, problem: await tell(hook.value, alert, delivery) };
    }),
  );
}

function tell(hook: Hook, alert: Alert, delivery: Delivery): Promise<string | null> {
  switch (hook.kind) {
    case 'webhook':
      return postAlert(alert, hook, delivery.clock);
    case 'command':
      return runHook(hook.command, alert, delivery);
    case 'desktop': {
      const [title = '', ...lines] = alert.text.split('\n');
      notifyDesktop({ title, text: lines.slice(0, 2).join('\n') });
      return Promise.resolve(null);
    }
  }
}

async function runHook(commandLine: string, alert: Alert, { environment, root }: Delivery): Promise<string | null> {
  const { exported, named } = environment;
  const { kind, project, service, reason, url, text } = alert;
  const about = { KIND: kind, PROJECT: project, SERVICE: service ?? '', REASON: reason, URL: url ?? '', TEXT: text };
  const told = Object.fromEntries(Object.entries(about).map(([name, value]) => [`DEVGEN_ALERT_${name}`, value]));
  const { command, environment: whole } = resolveCommand(commandLine, { exported: { ...exported, ...told }, named });
  const input = `${JSON.stringify(alert)}\n`;
  const request = { command, cwd: root, environment: whole, output: 'capture', input } as const;
  const { ended, code, signal, output } = await runCommand({ ...request, timeoutMs: COMMAND_LIMIT_MS });
  if (ended === 'timed-out') return `did not end within ${COMMAND_LIMIT_MS / 1000} s`;
  if (code === 0) return null;
  const how = signal === null ? `ended with exit code ${code}` : `ended by signal ${signal}`;
  const said = output.trim().slice(-QUOTED_CHARACTERS);
  return said === '' ? how : `${how}: ${said}`;
}
