import type { Diagnostic } from '../../base/diagnostic.ts';
import type { SetupStep } from '../../plan/plan.ts';
import type { StaleReason } from '../../runtime/setup/judge-step.ts';
import type { SetupFailure } from '../../runtime/setup/setup-failure.ts';
import type { Failure, LeftProcess, PortHolder } from '../../runtime/state/lifecycle.ts';
import type { LeftToDo } from '../setup/left-to-do.ts';

/** `error`: something does not work, or will not. `warning`: it may surprise. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that a check found; its sentence is made in `sentences/describe-finding.ts`. */
export interface Finding {
  readonly severity: Severity;
  readonly fact: Fact;
  readonly where: Where;
}

/** Where to look; only what is known. */
export interface Where {
  readonly service?: string;
  readonly pid?: number;
  /** Relative to the project root, or absolute when it lies elsewhere. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly port?: number;
}

export type Fact =
  | { readonly code: 'diagnostic'; readonly diagnostic: Diagnostic }
  /** What a start, a run or a stop failed with, or will. */
  | { readonly code: 'failure'; readonly service: string; readonly failure: Failure }
  | { readonly code: 'config-outdated'; readonly source: 'last-plan' | 'records' }
  | { readonly code: 'files-missing' | 'files-edited' | 'modes-lost'; readonly paths: readonly string[] }
  /** Of services and tasks. */
  | { readonly code: 'targets-missing'; readonly names: readonly string[] }
  | { readonly code: 'port-forbidden'; readonly port: number; readonly service: string }
  /** Bound without listening, or the near end of connections of `users`. */
  | { readonly code: 'port-bound'; readonly port: number; readonly users: readonly LeftProcess[] }
  /** Another checkout has it, and a start falls back to another one. */
  | {
      readonly code: 'port-elsewhere';
      readonly service: string;
      readonly port: number;
      readonly holders: readonly PortHolder[];
    }
  | { readonly code: 'port-lingers'; readonly port: number; readonly connections: number }
  | { readonly code: 'port-free-again'; readonly port: number; readonly service: string; readonly actual: number }
  | { readonly code: 'process-stopped'; readonly service: string; readonly pid: number }
  /** That it is so, where nothing is known of why. */
  | { readonly code: 'unwell'; readonly service: string; readonly state: 'unhealthy' | 'failed' }
  | { readonly code: 'state-stale'; readonly service: string; readonly files: readonly string[] }
  /** `version`: the schema version that it claims, when that is another one than ours. */
  | {
      readonly code: 'state-unreadable';
      readonly file: string;
      readonly service: string;
      readonly version: string | null;
      /** Whose it is, when this user may not read it. */
      readonly owner: string | null;
      /** Whether nothing else tells what runs, so that no command touches it. */
      readonly isLost: boolean;
    }
  /** `command`: of the process that has the pid by now; `null`: none has. */
  | { readonly code: 'pid-file'; readonly file: string; readonly pid: number; readonly command: string | null }
  /** `service`: `null` when nothing tells whose they are. */
  | { readonly code: 'leftover'; readonly service: string | null; readonly processes: readonly LeftProcess[] }
  | { readonly code: 'supervisor-silent'; readonly pid: number | null; readonly isStopped: boolean }
  | { readonly code: 'socket-stale'; readonly file: string }
  | { readonly code: 'unsupervised'; readonly services: readonly string[] }
  /** `service`: that the parent belongs to; `null`: to none. */
  | {
      readonly code: 'zombie';
      readonly pid: number;
      readonly name: string;
      readonly parent: LeftProcess;
      readonly service: string | null;
    }
  /** `command`: of the process that restarts its service for each file that changes in `logs/`. */
  | { readonly code: 'watches-logs'; readonly service: string; readonly pid: number; readonly command: string }
  | { readonly code: 'other-port'; readonly service: string; readonly told: number; readonly actual: readonly number[] }
  | { readonly code: 'not-listening'; readonly service: string; readonly port: number }
  | {
      readonly code: 'address-family';
      readonly service: string;
      readonly host: string;
      readonly addresses: readonly string[];
      readonly listening: readonly string[];
    }
  | ViteFact
  | ProgramFact
  | { readonly code: 'setup-stale'; readonly step: SetupStep; readonly reason: StaleReason }
  | { readonly code: 'setup-failure'; readonly step: SetupStep; readonly failure: SetupFailure }
  | { readonly code: 'left-to-do'; readonly left: LeftToDo }
  | { readonly code: 'unwritable'; readonly path: string; readonly isOthers: boolean }
  | { readonly code: 'disk-full'; readonly availableBytes: number }
  | { readonly code: 'watches-low'; readonly setting: string; readonly used: number; readonly limit: number }
  | { readonly code: 'open-files-low'; readonly limit: number };

/** A literal in a Vite config that contradicts the config, or will when a port changes. */
export type ViteFact =
  /** `isOverruled`: the command line passes the port, so it counts for nothing. */
  | (ViteLine & { readonly code: 'vite-port'; readonly isOverruled: boolean })
  | (ViteLine & { readonly code: 'vite-target'; readonly kind: 'moved' | 'unknown' | 'fixed' });

interface ViteLine {
  /** The port that is written. */
  readonly port: number;
  /** The service whose port it should be, and the port that this one has or would want. */
  readonly service: string;
  readonly expected: number;
  readonly line: string;
  /** The line to write instead. */
  readonly instead: string;
}

/** What a service's command needs and does not find. */
export type ProgramFact =
  /** `make`: what makes it. */
  | { readonly code: 'venv-missing'; readonly program: string; readonly make: string }
  | {
      readonly code: 'program-missing';
      readonly program: string;
      readonly service: string;
      readonly instead: string | null;
    }
  | { readonly code: 'not-executable'; readonly file: string }
  /** `of`: the folder whose manifest names them; `folder`: where to install. */
  | {
      readonly code: 'packages-missing' | 'modules-missing';
      readonly packages: readonly string[];
      readonly of: string;
      readonly folder: string;
      readonly install: string;
    }
  | { readonly code: 'package-missing'; readonly folder: string; readonly program: string }
  | {
      readonly code: 'script-missing';
      readonly script: string;
      readonly file: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'node-old'; readonly wanted: string; readonly actual: string; readonly file: string }
  | { readonly code: 'tool-missing'; readonly tool: 'make' | 'lsof' };

export function error(fact: Fact, where: Where = {}): Finding {
  return { severity: 'error', fact, where };
}

export function warning(fact: Fact, where: Where = {}): Finding {
  return { severity: 'warning', fact, where };
}

export function info(fact: Fact, where: Where = {}): Finding {
  return { severity: 'info', fact, where };
}
