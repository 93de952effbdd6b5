import type { CommandName } from '../../base/commands.ts';
import { confirmationOf } from '../arguments/confirmation.ts';
import * as option from '../arguments/option-table.ts';
import { durationOption, portOption, portPositional, setupOption } from '../arguments/option-values.ts';
import { configCommand, hookAction, namedPrograms, shellArgument, shellOption } from '../arguments/word-values.ts';
import type { CleanCommand } from '../commands/clean.ts';
import type { CompletionCommand } from '../commands/completion.ts';
import type { ConfigCommand } from '../commands/config.ts';
import type { EnvCommand } from '../commands/env.ts';
import type { HooksCommand } from '../commands/hooks.ts';
import type { KillPortCommand } from '../commands/kill-port.ts';
import type { NukeCommand } from '../commands/nuke.ts';
import type { PortCommand } from '../commands/port.ts';
import type { RunTaskCommand } from '../commands/run-task.ts';
import type { SetupCommand } from '../commands/setup.ts';
import type { TasksCommand } from '../commands/tasks.ts';
import type { UiCommand } from '../commands/ui.ts';
import type { OpenCommand, UrlCommand } from '../commands/url.ts';
import {
  HOOK_ACTION,
  PORT_NUMBER,
  SERVICE_NAME,
  SETTING_WORDS,
  SHELL_NAME,
  STEP_NAMES,
  TASK_NAME,
} from './positionals.ts';
import { type CommandRow, row } from './row.ts';

/** The commands about the project's surroundings: addresses, ports, tasks, settings, and what it leaves behind. */
export const PROJECT_ROWS = {
  env: row({
    positional: SERVICE_NAME,
    options: [
      option.valued('shell', 'NAME', 'for which shell: sh, bash, zsh, fish (default: the one that calls)'),
      option.AS_JSON,
    ],
    summary: 'environment variables that lead to the services, for other shells',
    effect: 'reads',
    needs: 'project',
    parse: (raw, take): EnvCommand => ({
      kind: 'env',
      name: raw.positionals[0] ?? null,
      shell: take(shellOption(raw), null),
    }),
    run: async (command, context) => (await import('../commands/env.ts')).showEnvironment(command, context),
  }),
  url: row({
    positional: SERVICE_NAME,
    options: [option.flagOption('docs', 'of its documentation, such as `/docs` of FastAPI'), option.AS_JSON],
    summary: 'the URL of a service',
    effect: 'reads',
    needs: 'project',
    parse: (raw): UrlCommand => ({
      kind: 'url',
      name: raw.positionals[0] ?? null,
      of: raw.options.docs ? 'docs' : 'service',
    }),
    run: async (command, context) => (await import('../commands/url.ts')).showUrl(command, context),
  }),
  ui: row({
    positional: null,
    options: [
      option.valued('port', 'PORT', 'where to serve it (default: any that is free)'),
      option.flagOption('no-open', 'only print its address'),
      option.AS_JSON,
    ],
    summary: 'a page in the browser of what runs, while it is looked at',
    effect: 'changes',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): UiCommand => ({
      kind: 'ui',
      port: take(portOption(raw), null),
      opening: raw.options['no-open'] ? 'never' : 'on-terminal',
    }),
    run: async (command, context) => (await import('../commands/ui.ts')).runUi(command, context),
  }),
  open: row({
    positional: SERVICE_NAME,
    options: [option.AS_JSON],
    summary: 'open a service in the browser',
    effect: 'reads',
    needs: 'project',
    parse: (raw): OpenCommand => ({ kind: 'open', name: raw.positionals[0] ?? null }),
    run: async (command, context) => (await import('../commands/url.ts')).openUrl(command, context),
  }),
  port: row({
    positional: PORT_NUMBER,
    options: [option.AS_JSON],
    summary: 'who holds a port',
    effect: 'reads',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): PortCommand => ({ kind: 'port', port: take(portPositional(raw), 0) }),
    run: async (command, context) => (await import('../commands/port.ts')).showPort(command, context),
  }),
  'kill-port': row({
    positional: PORT_NUMBER,
    options: [option.YES, option.AS_JSON],
    summary: 'end the process that listens on a port, and only it',
    effect: 'destroys',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): KillPortCommand => ({
      kind: 'kill-port',
      port: take(portPositional(raw), 0),
      confirm: confirmationOf(raw),
    }),
    run: async (command, context) => (await import('../commands/kill-port.ts')).killPort(command, context),
  }),
  run: row({
    positional: TASK_NAME,
    options: [option.flagOption('force', 'run it even if its inputs are unchanged'), option.NO_SETUP, option.AS_JSON],
    summary: 'run a task after those and with the services that it needs',
    effect: 'changes',
    needs: 'project',
    parse: (raw): RunTaskCommand => ({
      kind: 'run',
      task: raw.positionals[0] ?? '',
      args: raw.rest,
      when: raw.options.force ? 'always' : 'needed',
      setup: setupOption(raw),
    }),
    run: async (command, context) =>
      (await import('../setup/set-up-first.ts')).setUpFirst(command, context, async (ready) =>
        (await import('../commands/run-task.ts')).runTaskCommand(command, ready),
      ),
  }),
  tasks: row({
    positional: null,
    options: [option.AS_JSON],
    summary: 'the tasks there are',
    effect: 'reads',
    needs: 'project',
    parse: (): TasksCommand => ({ kind: 'tasks' }),
    run: async (command, context) => (await import('../commands/tasks.ts')).showTasks(command, context),
  }),
  setup: row({
    positional: STEP_NAMES,
    options: [
      option.flagOption('force', 'also what is up to date'),
      option.flagOption('dry-run', 'show what would be done, do nothing'),
      option.AS_JSON,
    ],
    summary: 'what a fresh clone needs before a start, as far as it is stale',
    effect: 'changes',
    needs: 'project',
    parse: (raw): SetupCommand => ({
      kind: 'setup',
      names: raw.positionals,
      when: raw.options.force ? 'always' : 'stale',
      doing: raw.options['dry-run'] ? 'shown' : 'done',
    }),
    run: async (command, context) => (await import('../commands/setup.ts')).runSetupCommand(command, context),
  }),
  config: row({
    positional: SETTING_WORDS,
    options: [option.flagOption('reveal', 'with `get`: show a secret as it is'), option.AS_JSON],
    summary: 'all settings and where they come from; `get KEY`, `set KEY VALUE`',
    effect: 'changes',
    needs: 'project',
    parse(raw, take): ConfigCommand {
      return take<ConfigCommand>(configCommand(raw), { kind: 'config', action: 'show' });
    },
    run: async (command, context) => (await import('../commands/config.ts')).runConfig(command, context),
  }),
  completion: row({
    positional: SHELL_NAME,
    options: [option.AS_JSON],
    summary: 'the script that completes commands and names in bash, zsh or fish',
    effect: 'reads',
    needs: 'project',
    parse: (raw, take): CompletionCommand => ({ kind: 'completion', shell: take(shellArgument(raw), 'bash') }),
    run: async (command, context) => (await import('../commands/completion.ts')).showCompletion(command, context),
  }),
  hooks: row({
    positional: HOOK_ACTION,
    options: [option.AS_JSON],
    summary: 'who is told of trouble, and whether that works; `hooks test` tells all now',
    effect: 'reads',
    needs: 'project',
    parse: (raw, take): HooksCommand => ({ kind: 'hooks', action: take(hookAction(raw), 'list') }),
    run: async (command, context) => (await import('../commands/hooks.ts')).runHooks(command, context),
  }),
  clean: row({
    positional: null,
    options: [
      option.flagOption('all', 'stop everything, remove all logs and state'),
      option.valued('older', 'TIME', 'only logs that were last written so long ago, such as `30d`'),
      option.AS_JSON,
    ],
    summary: 'remove old logs and caches',
    effect: 'destroys',
    needs: 'project',
    parse: (raw, take): CleanCommand => ({
      kind: 'clean',
      what: raw.options.all ? 'all' : 'old',
      olderMs: take(durationOption(raw, 'older'), null),
    }),
    run: async (command, context) => (await import('../commands/clean.ts')).runClean(command, context),
  }),
  nuke: row({
    positional: null,
    options: [
      option.YES,
      option.valued('name', 'NAME', 'also programs of this name that work in the project'),
      option.flagOption('everywhere', 'with `--name`: also outside the project'),
      option.AS_JSON,
    ],
    summary: 'end all that runs here or has its ports, after a countdown',
    effect: 'destroys',
    needs: 'project',
    lastPlan: 'enough',
    parse: (raw, take): NukeCommand => ({
      kind: 'nuke',
      confirm: confirmationOf(raw),
      named: take(namedPrograms(raw), null),
    }),
    run: async (command, context) => (await import('../commands/nuke.ts')).runNuke(command, context),
  }),
} satisfies Partial<Record<CommandName, CommandRow>>;
