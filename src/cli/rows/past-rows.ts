import type { CommandName } from '../../base/commands.ts';
import * as option from '../arguments/option-table.ts';
import { linesOption, metricsFormat, sinceOption } from '../arguments/option-values.ts';
import type { HistoryCommand } from '../commands/history.ts';
import type { MetricsCommand } from '../commands/metrics.ts';
import { SERVICE_NAMES } from './positionals.ts';
import { type CommandRow, row } from './row.ts';

const SINCE = option.valued('since', 'TIME', 'only what happened since, such as `7d` or `2026-01-31T09:00`');

/** The commands about what happened and what was measured. */
export const PAST_ROWS = {
  history: row({
    positional: SERVICE_NAMES,
    options: [
      SINCE,
      option.valued('lines', 'N', 'how many of the last events (default: 50, or all since a time)', 'n'),
      option.AS_JSON,
    ],
    summary: 'what happened to services, when and why',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): HistoryCommand => ({
      kind: 'history',
      names: raw.positionals,
      since: take(sinceOption(raw), null),
      lines: take(linesOption(raw), null),
    }),
    run: async (command, context) => (await import('../commands/history.ts')).showHistory(command, context),
  }),
  metrics: row({
    positional: SERVICE_NAMES,
    options: [SINCE, option.flagOption('prometheus', 'in the text format that Prometheus reads'), option.AS_JSON],
    summary: 'what was measured: response times, availability, restarts, memory …',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): MetricsCommand => ({
      kind: 'metrics',
      names: raw.positionals,
      since: take(sinceOption(raw), null),
      format: take(metricsFormat(raw), 'report'),
    }),
    run: async (command, context) => (await import('../commands/metrics.ts')).showMetrics(command, context),
  }),
} satisfies Partial<Record<CommandName, CommandRow>>;
