import type { ServiceKind } from '../detection.ts';

/** Whose tools start a service; two services of one directory are told apart by it. */
export type Ecosystem =
  | 'javascript'
  | 'deno'
  | 'python'
  | 'ruby'
  | 'php'
  | 'go'
  | 'rust'
  | 'java'
  | 'dotnet'
  | 'elixir'
  | 'docker'
  | 'other';

/**
 * A program that runs in the foreground during development, as data. Rows are tried in order; the first that fits
 * counts.
 */
export interface ServerProgram {
  /** What argv[0] is called, path and extension aside. */
  readonly names: readonly string[];
  /** First plain arguments that make it serve; `''`: none given. Absent: any. */
  readonly verbs?: readonly string[];
  /** One of these words must be present as well. */
  readonly flags?: readonly string[];
  /** `production` servers count only where nothing else is known; `other` rows exist to be told apart from servers. */
  readonly role: 'server' | 'worker' | 'production' | 'other';
  readonly framework: string;
  readonly kind: ServiceKind;
  /** The framework's default; `null` where there is none. */
  readonly port: number | null;
  /** Flags that set the port. */
  readonly portFlags?: readonly string[];
  /** What to append so that it takes devgen's port and fails if it cannot; absent where no flag does. */
  readonly portArguments?: string;
  /** `first`: it takes them before its other arguments only; `alone`: the port is an argument without a flag. */
  readonly portPlace?: 'first' | 'alone';
  /** The environment variable it reads its port from, without any flag. */
  readonly portVariable?: string;
  /** Whether `/` of the dev server is a page of its own (asset servers' is not). */
  readonly servesRoot?: boolean;
}
