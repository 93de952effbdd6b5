import type { StarterName } from '../../generate/starter/starters.ts';
import type { Confirmation, OutputFormat } from './command.ts';

/** One command of the generator with its arguments checked. */
export type GeneratorCommand =
  | InitCommand
  | GenerateCommand
  | UninstallCommand
  | { readonly kind: 'eject'; readonly confirm: Confirmation; readonly writing: Writing }
  | RestoreCommand
  | { readonly kind: 'detect'; readonly format: OutputFormat };

export interface InitCommand {
  readonly kind: 'init';
  readonly confirm: Confirmation;
  readonly writing: Writing;
  /** The app to write into a repository that has none; `null`: none. */
  readonly template: StarterName | null;
}

export interface GenerateCommand {
  /** `upgrade`: from what another version of devgen generated. */
  readonly kind: 'generate' | 'upgrade';
  readonly edited: 'kept' | 'overwritten';
  readonly writing: Writing;
}

export interface UninstallCommand {
  readonly kind: 'uninstall';
  readonly confirm: Confirmation;
  readonly writing: Writing;
  readonly config: 'keep' | 'remove';
}

export interface RestoreCommand {
  readonly kind: 'restore';
  readonly action: 'restored' | 'listed';
  /** Of which backup; `null`: of the newest. */
  readonly date: string | null;
  readonly writing: Writing;
}

/**
 * All but `done` write nothing. `previewed`: show what would be written. `compared`: with every difference. `checked`: fail
 * when something would be.
 */
export type Writing = 'done' | 'previewed' | 'compared' | 'checked';

export const STARTER_NAMES: readonly StarterName[] = ['flask-vite', 'fastapi-vite', 'express-vite', 'node'];
