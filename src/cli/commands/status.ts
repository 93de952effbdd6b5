import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describeHookFailures } from '../sentences/describe-hook-failure.ts';
import { describeRunning } from '../sentences/describe-running.ts';
import { describeUse } from '../sentences/describe-use.ts';
import { statusTable } from '../sentences/status-table.ts';
import { currentUse } from '../status/current-use.ts';
import { hookFailures } from '../status/hook-failures.ts';
import { needsTrace } from '../status/needs-trace.ts';
import { runningCommands } from '../status/running-commands.ts';
import { selectShown } from '../status/select-shown.ts';
import { type ServiceView, viewServices } from '../status/service-view.ts';
import { statusToJson } from '../status/status-to-json.ts';
import { useToJson } from '../status/use-to-json.ts';

export interface StatusCommand {
  readonly kind: 'status';
  readonly names: readonly string[];
  /** `all`: with the last log lines and the machine's own state; `graph`: who talks to whom. */
  readonly detail: 'table' | 'detailed' | 'all' | 'graph';
  readonly resources: 'hidden' | 'shown';
  readonly mode: 'once' | 'watched';
}

/**
 * Shows what runs, from the status files and the tables of processes and sockets; needs no supervisor and changes
 * nothing. Succeeds only if everything asked for is ready. `undefined`: files are missing, and only a search of all
 * processes could tell.
 */
export function showStatus(command: StatusCommand, context: CommandContext): ExitCode | undefined {
  const { checkout, screen } = context;
  const selected = selectShown(checkout, command.names);
  if (!selected.ok) return complain(screen, selected.error);
  const views = viewServices(checkout.root, selected.value);
  return needsTrace(checkout.root, views) ? undefined : showViews(views, command, context);
}

export function showViews(
  views: readonly ServiceView[],
  command: StatusCommand,
  { checkout, screen, words }: CommandContext,
): ExitCode {
  const commands = runningCommands(checkout.root);
  const hooks = hookFailures(checkout);
  const use = currentUse(checkout.root, views);
  if (screen.answers === 'json') {
    printJson<'status'>(screen, {
      project: checkout.plan.name,
      services: views.map((view) => statusToJson(view, command.detail)),
      ...(commands.length > 0 && { commands }),
      ...useToJson(use),
      ...(hooks.length > 0 && { hooks }),
    });
  } else {
    const style = { paint: screen.paintOut, words, now: Date.now() };
    screen.out(
      ...statusTable(views, style),
      ...describeRunning(commands, style),
      ...describeUse(use, style),
      ...describeHookFailures(hooks, style.now),
    );
  }
  return views.every(({ state }) => state === 'ready') ? EXIT.done : EXIT.failed;
}

/** Whether it needs nothing but the status files and a look at the processes that they name. */
export function isPlainStatus({ detail, resources, mode }: StatusCommand): boolean {
  return detail === 'table' && resources === 'hidden' && mode === 'once';
}
