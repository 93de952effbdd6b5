/** How devgen owns what it writes. */
export type FileKind =
  /** A file that is ours from the first byte to the last. */
  | 'file'
  /** A file that is written once and then belongs to the user. */
  | 'seed'
  | PartKind;

/** A part of a file that is the user's. */
export type PartKind =
  /** Lines between two marker lines, in files whose comments begin with `#`. */
  | 'block'
  /** The same in Markdown. */
  | 'markdown-block'
  /** Members of `scripts` in a package.json. */
  | 'npm-scripts'
  /** Members of `tasks` in VS Code's tasks.json. */
  | 'vscode-tasks';

export const FILE_KINDS: readonly FileKind[] = [
  'file',
  'block',
  'markdown-block',
  'npm-scripts',
  'vscode-tasks',
  'seed',
];
