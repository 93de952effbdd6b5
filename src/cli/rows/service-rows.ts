import type { CommandName } from '../../base/commands.ts';
import * as option from '../arguments/option-table.ts';
import { durationOption, linesOption, sinceOption } from '../arguments/option-values.ts';
import type { ErrorsCommand } from '../commands/errors.ts';
import type { HealthCommand } from '../commands/health.ts';
import type { LogsCommand } from '../commands/logs.ts';
import type { ReloadCommand } from '../commands/reload.ts';
import type { SettleCommand } from '../commands/settle.ts';
import type { TopCommand } from '../commands/top.ts';
import type { WaitCommand } from '../commands/wait.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { StartCommand } from '../starting/start-request.ts';
import { FRONT_ROWS } from './front-rows.ts';
import { SERVICE_NAMES } from './positionals.ts';
import { type CommandRow, row } from './row.ts';

/** The commands that start, stop and watch services. */
export const SERVICE_ROWS = {
  up: row({
    ...FRONT_ROWS.up,
    needs: 'project',
    run: async (command, context) =>
      (await import('../setup/set-up-first.ts')).setUpFirst(command, context, async (ready) =>
        command.kind === 'foreground'
          ? (await import('../commands/foreground.ts')).runForeground(command, ready)
          : (await import('../commands/up.ts')).runUp(command, ready),
      ),
  }),
  start: row({
    ...FRONT_ROWS.start,
    needs: 'project',
    run: startWithSetup,
  }),
  stop: row({
    ...FRONT_ROWS.stop,
    needs: 'project',
    lastPlan: 'enough',
    run: async (command, context) =>
      command.kind === 'stop-in-worktrees'
        ? (await import('../commands/stop-in-worktrees.ts')).stopInWorktrees(command, context)
        : (await import('../commands/stop.ts')).runStop(command, context),
  }),
  kill: row({
    ...FRONT_ROWS.kill,
    needs: 'project',
    lastPlan: 'enough',
    run: async (command, context) => (await import('../commands/stop.ts')).runStop(command, context),
  }),
  restart: row({
    ...FRONT_ROWS.restart,
    needs: 'project',
    run: startWithSetup,
  }),
  reload: row({
    positional: SERVICE_NAMES,
    options: [option.flagOption('dry-run', 'only say what it would do'), option.TIMEOUT, option.AS_JSON],
    summary: 'apply a changed config or env file, restarting only what must be',
    effect: 'changes',
    needs: 'project',
    parse: (raw, take): ReloadCommand => ({
      kind: 'reload',
      names: raw.positionals,
      doing: raw.options['dry-run'] ? 'shown' : 'done',
      timeoutMs: take(durationOption(raw, 'timeout'), null),
    }),
    run: async (command, context) => (await import('../commands/reload.ts')).runReload(command, context),
  }),
  status: row({
    ...FRONT_ROWS.status,
    needs: 'project',
    lastPlan: 'enough',
    run: async (command, context) => (await import('../commands/status-report.ts')).showReport(command, context),
  }),
  health: row({
    positional: SERVICE_NAMES,
    options: [option.AS_JSON],
    summary: 'probe services now: verdict and response time',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw): HealthCommand => ({ kind: 'health', names: raw.positionals }),
    run: async (command, context) => (await import('../commands/health.ts')).showHealth(command, context),
  }),
  logs: row({
    positional: SERVICE_NAMES,
    options: [
      option.flagOption('follow', 'keep printing what is written', 'f'),
      option.valued('lines', 'N', 'how many of the last lines (default: 100)', 'n'),
      option.SINCE,
      option.flagOption('errors', 'only lines that look like errors'),
      option.flagOption('own', 'what devgen itself did, with levels; with names, among their lines'),
      option.flagOption('timestamps', 'put the time before each line'),
      option.flagOption('full', 'all of each line; else off a terminal 2,000 characters, for an agent 8 KB in all'),
      option.AS_JSON,
    ],
    summary: 'what the services wrote, merged by time',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): LogsCommand => ({
      kind: 'logs',
      names: raw.positionals,
      mode: raw.options.follow ? 'followed' : 'shown',
      lines: take(linesOption(raw), null),
      since: take(sinceOption(raw), null),
      only: raw.options.errors ? 'errors' : 'all',
      own: raw.options.own ? 'shown' : 'hidden',
      timestamps: raw.options.timestamps ? 'shown' : 'hidden',
      length: raw.options.full ? 'whole' : null,
    }),
    run: async (command, context) => (await import('../commands/logs.ts')).showLogs(command, context),
  }),
  errors: row({
    positional: SERVICE_NAMES,
    options: [option.SINCE, option.AS_JSON],
    summary: 'the errors in the logs: what, where, how often, whether mended',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): ErrorsCommand => ({
      kind: 'errors',
      names: raw.positionals,
      since: take(sinceOption(raw), null),
    }),
    run: async (command, context) => (await import('../commands/errors.ts')).showErrors(command, context),
  }),
  top: row({
    positional: null,
    options: [option.AS_JSON],
    summary: 'the whole terminal: what runs, its logs, and keys for both',
    effect: 'changes',
    needs: 'project',
    lastPlan: 'enough',
    parse: (): TopCommand => ({ kind: 'top' }),
    run: async (_command, context) => (await import('../commands/top.ts')).runTop(context),
  }),
  settle: row({
    positional: SERVICE_NAMES,
    options: [
      option.valued('since', 'TIME', '`last` (default): since you were told last; a time or `10m` as for `logs`'),
      option.TIMEOUT,
      option.flagOption('watch', 'again after each change, until Ctrl+C'),
      option.AS_JSON,
    ],
    summary: 'wait until an edit has taken effect, and say what is new',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): SettleCommand => ({
      kind: 'settle',
      names: raw.positionals,
      since: raw.options.since === 'last' ? null : take(sinceOption(raw), null),
      timeoutMs: take(durationOption(raw, 'timeout'), null),
      mode: raw.options.watch ? 'watched' : 'once',
    }),
    run: async (command, context) => (await import('../commands/settle.ts')).runSettle(command, context),
  }),
  wait: row({
    positional: SERVICE_NAMES,
    options: [option.TIMEOUT, option.AS_JSON],
    summary: 'wait until services are ready',
    effect: 'reads',
    needs: 'project',
    parse: (raw, take): WaitCommand => ({
      kind: 'wait',
      names: raw.positionals,
      timeoutMs: take(durationOption(raw, 'timeout'), null),
    }),
    run: async (command, context) => (await import('../commands/wait.ts')).runWait(command, context),
  }),
} satisfies Partial<Record<CommandName, CommandRow>>;

async function startWithSetup(command: StartCommand, context: CommandContext): Promise<number> {
  const { setUpFirst } = await import('../setup/set-up-first.ts');
  return setUpFirst(command, context, async (ready) => (await import('../run-start.ts')).runStart(command, ready));
}
