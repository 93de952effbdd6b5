/** Why a step could not be done. */
export type SetupFailure =
  | { readonly reason: 'tool-missing'; readonly tool: string; readonly pinned: PinnedVersion | null }
  | { readonly reason: 'cwd-missing'; readonly cwd: string }
  | { readonly reason: 'input-unreadable'; readonly file: string; readonly code: string }
  | { readonly reason: 'source-missing'; readonly file: string }
  /** What leads there leaves the project. */
  | { readonly reason: 'outside'; readonly path: string }
  | { readonly reason: 'unwritable'; readonly path: string; readonly code: string }
  /** `output`: the last lines of what it wrote. */
  | (EndedBadly & { readonly reason: 'offline' | 'no-venv' | 'ended' })
  | (EndedBadly & { readonly reason: 'wrong-version'; readonly pinned: PinnedVersion | null });

export interface EndedBadly {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: readonly string[];
}

/** The version of a tool that a file of the repository asks for. */
export interface PinnedVersion {
  readonly version: string;
  /** Relative to the project root. */
  readonly file: string;
}
