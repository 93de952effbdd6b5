/** Which files the user wants generated besides the launcher and the runtime. */
export interface EmitOptions {
  readonly makefile: boolean;
  readonly aliases: boolean;
  readonly completion: boolean;
  readonly startScripts: boolean;
  /** Only where the root has a package.json with `scripts`. */
  readonly npmScripts: boolean;
  readonly vscode: EmitWish;
  readonly guide: EmitWish;
  readonly agents: EmitWish;
}

/**
 * `if-fitting`: only where the repository has a place for it; `true`: in any case, and what is in the way is refused.
 * A document fits unless a link or a folder has its name; tasks fit where there is a `.vscode` folder.
 */
export type EmitWish = boolean | 'if-fitting';

/** What is generated unless the config says otherwise. */
export const DEFAULT_EMIT: EmitOptions = {
  makefile: true,
  aliases: true,
  completion: true,
  startScripts: true,
  npmScripts: true,
  vscode: 'if-fitting',
  guide: 'if-fitting',
  agents: 'if-fitting',
};
