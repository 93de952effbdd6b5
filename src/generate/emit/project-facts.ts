import type { EmitOptions, PathOf } from '../../manifest/emitted-files.ts';
import type { ProjectOutline } from '../project-names.ts';
import type { CommandWords } from './command-words.ts';
import type { Handed } from './connections.ts';
import type { RepositoryFacts } from './repository.ts';

/** Everything that decides what is generated: emitters are pure functions of this. */
export interface ProjectFacts {
  readonly plan: ProjectOutline;
  /** What `./dev` understands, for shell completion. */
  readonly commands: readonly CommandWords[];
  /** What dev servers hand on to other services. */
  readonly proxies: readonly Handed[];
  readonly emit: EmitOptions;
  /** What the launcher is called. */
  readonly launcher: string;
  /** JSON Schema of the config. */
  readonly schema: string;
  /** JSON Schema of what `--json` prints. */
  readonly outputSchema: string;
  /** The literal texts of `templates/`, with the name of the launcher in them. */
  readonly templates: Templates;
  readonly runtime: readonly RuntimeFile[];
  readonly repository: RepositoryFacts;
  /** A config to write where there is none. */
  readonly seed: Seed | null;
}

export interface Seed {
  readonly path: PathOf<'config'>;
  readonly text: string;
}

/** By their paths in the folder of templates, with `/`. */
export type Templates = ReadonlyMap<string, string>;

/** One file of the runtime to be vendored; the path is relative to the runtime's folder. */
export interface RuntimeFile {
  readonly path: string;
  readonly content: Buffer;
}

/** The text of a template; there is no project without it. */
export function template(templates: Templates, path: string): string {
  const text = templates.get(path);
  if (text === undefined) throw new Error(`there is no template ${path}`);
  return text;
}
