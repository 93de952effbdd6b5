import type { GeneratorCommand } from './generator-command.ts';

/** One command with its arguments checked, as far as that is possible without the plan. Both argv parsers make it. */
export type Command = RuntimeCommand | GeneratorCommand;

export type RuntimeCommand =
  | UpCommand
  | StartCommand
  | ForegroundCommand
  | RestartCommand
  | StopCommand
  | StatusCommand
  | HealthCommand
  | LogsCommand
  | WaitCommand
  | EnvCommand
  | UrlCommand
  | OpenCommand
  | PortCommand
  | KillPortCommand
  | RunTaskCommand
  | { readonly kind: 'tasks'; readonly format: OutputFormat }
  | ConfigCommand
  | { readonly kind: 'completion'; readonly shell: CompletedShell }
  | { readonly kind: 'check' }
  | DoctorCommand
  | { readonly kind: 'ps'; readonly format: OutputFormat }
  | CleanCommand
  | NukeCommand
  | HelpCommand
  | { readonly kind: 'version' };

/** `json`: one document on stdout, or one a line when following. */
export type OutputFormat = 'text' | 'json';
/** `assumed`: the user said yes on the command line. */
export type Confirmation = 'asked' | 'assumed';
interface StartOptions {
  /** Empty: all services. */
  readonly names: readonly string[];
  /** `force`: take the wanted port back from whoever holds it, and start anew what runs. */
  readonly mode: 'normal' | 'force';
  /** 1–65535; `null`: as configured. For the one service that is named, or the only one there is. */
  readonly port: number | null;
  /** `null`: as configured. */
  readonly timeoutMs: number | null;
  readonly format: OutputFormat;
}

export interface UpCommand extends StartOptions {
  readonly kind: 'up';
  readonly attach: 'on-terminal' | 'never';
}

export interface StartCommand extends StartOptions {
  readonly kind: 'start';
}

export interface RestartCommand extends StartOptions {
  readonly kind: 'restart';
}

/** One service on this terminal. */
export interface ForegroundCommand {
  readonly kind: 'foreground';
  readonly name: string;
  readonly mode: 'normal' | 'force';
  /** `null`: as configured. */
  readonly port: number | null;
}

export interface StopCommand {
  readonly kind: 'stop' | 'kill';
  readonly names: readonly string[];
  readonly format: OutputFormat;
}

export interface StatusCommand {
  readonly kind: 'status';
  readonly names: readonly string[];
  /** `all`: with the last log lines and the machine's own state. */
  readonly detail: 'table' | 'detailed' | 'all';
  readonly resources: 'hidden' | 'shown';
  readonly mode: 'once' | 'watched';
  readonly format: OutputFormat;
}

export interface HealthCommand {
  readonly kind: 'health';
  readonly names: readonly string[];
  readonly format: OutputFormat;
}

export interface LogsCommand {
  readonly kind: 'logs';
  readonly names: readonly string[];
  readonly mode: 'shown' | 'followed';
  /** How many of the last lines; `null`: the default. */
  readonly lines: number | null;
  readonly since: Since | null;
  readonly only: 'all' | 'errors';
  readonly timestamps: 'hidden' | 'shown';
  readonly format: OutputFormat;
}

/** From when on: so long ago, or a moment (epoch ms). */
export type Since = { readonly kind: 'ago'; readonly ms: number } | { readonly kind: 'at'; readonly epochMs: number };

export interface WaitCommand {
  readonly kind: 'wait';
  readonly names: readonly string[];
  /** `null`: the default. */
  readonly timeoutMs: number | null;
}

export interface EnvCommand {
  readonly kind: 'env';
  readonly name: string | null;
  readonly format: OutputFormat;
}

export interface UrlCommand {
  readonly kind: 'url';
  readonly name: string | null;
  readonly format: OutputFormat;
}

export interface OpenCommand {
  readonly kind: 'open';
  readonly name: string | null;
}

export interface PortCommand {
  readonly kind: 'port';
  readonly port: number;
  readonly format: OutputFormat;
}

export interface KillPortCommand {
  readonly kind: 'kill-port';
  readonly port: number;
  readonly confirm: Confirmation;
}

export interface CleanCommand {
  readonly kind: 'clean';
  /** `old`: what nobody needs any more; `all`: everything, so that the next start is like the first. */
  readonly what: 'old' | 'all';
}

export interface NukeCommand {
  readonly kind: 'nuke';
  /** `asked`: with a countdown that any key cancels. */
  readonly confirm: Confirmation;
  /** Programs to end by name, too; `null`: none. */
  readonly named: { readonly name: string; readonly where: 'project' | 'everywhere' } | null;
  readonly format: OutputFormat;
}

export interface DoctorCommand {
  readonly kind: 'doctor';
  /** Empty: all services. */
  readonly names: readonly string[];
  readonly format: OutputFormat;
}

export interface RunTaskCommand {
  readonly kind: 'run';
  readonly task: string;
  /** Put behind the task's own command line. */
  readonly args: readonly string[];
  /** `always`: unchanged inputs are no reason to skip it. */
  readonly when: 'needed' | 'always';
}

export type ConfigCommand = ShowConfigCommand | GetSettingCommand | SetSettingCommand;

export interface ShowConfigCommand {
  readonly kind: 'config';
  readonly action: 'show';
  readonly format: OutputFormat;
}

export interface GetSettingCommand {
  readonly kind: 'config';
  readonly action: 'get';
  /** `services.backend.port`. */
  readonly key: string;
  readonly format: OutputFormat;
}

export interface SetSettingCommand {
  readonly kind: 'config';
  readonly action: 'set';
  readonly key: string;
  /** As it was typed. */
  readonly value: string;
}

export const COMPLETED_SHELLS = ['bash', 'zsh', 'fish'] as const;
export type CompletedShell = (typeof COMPLETED_SHELLS)[number];

export interface HelpCommand {
  readonly kind: 'help';
  /** The command to explain; `null`: all of them. */
  readonly topic: string | null;
}
