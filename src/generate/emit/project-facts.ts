import type { UserMakefile } from '../make/read-makefiles.ts';
import type { ProjectOutline } from '../project-names.ts';
import type { CommandWords } from './command-words.ts';
import type { CompletedShell } from './completed-shells.ts';
import type { EmitOptions } from './emit-options.ts';

/** Everything that decides what is generated: emitters are pure functions of this. */
export interface ProjectFacts {
  readonly plan: ProjectOutline;
  /** What `./dev` understands, for shell completion. */
  readonly commands: readonly CommandWords[];
  readonly emit: EmitOptions;
  /** JSON Schema of the config. */
  readonly schema: string;
  readonly templates: Templates;
  readonly runtime: readonly RuntimeFile[];
  readonly makefile: UserMakefile;
  readonly versionControl: 'git' | 'none';
  /** The user's file as latin1 without our block; `null`: there is none. */
  readonly gitignore: string | null;
  readonly gitattributes: string | null;
  readonly prettierignore: string | null;
  /** Whether the root's package.json depends on prettier. */
  readonly usesPrettier: boolean;
  /** Names of the user's own npm scripts; `null`: no package.json in the root that has `scripts`. */
  readonly npmScriptNames: ReadonlySet<string> | null;
  /** Labels of the user's own VS Code tasks; `null`: no `.vscode` folder, or a tasks.json that none can be added to. */
  readonly vscodeLabels: ReadonlySet<string> | null;
  /** Documents at whose place something else than a plain file lies. */
  readonly blockedDocuments: ReadonlySet<string>;
  /** A config to write where there is none. */
  readonly seed: { readonly path: string; readonly text: string } | null;
}

export interface Templates {
  readonly launcher: string;
  readonly windowsLauncher: string;
  readonly aliases: string;
  readonly startScript: string;
  readonly completion: Readonly<Record<CompletedShell, string>>;
}

/** One file of the runtime to be vendored; the path is relative to the runtime's folder. */
export interface RuntimeFile {
  readonly path: string;
  readonly content: Buffer;
}
