/** How devgen owns a part of a file that is the user's. */
export const PART_KINDS = [
  /** Lines between two marker lines, in files whose comments begin with `#`. */
  'block',
  /** The same in Markdown. */
  'markdown-block',
  /** Members of `scripts` in a package.json. */
  'npm-scripts',
  /** Members of `tasks` in VS Code's tasks.json. */
  'vscode-tasks',
  /** Members of `mcpServers` in a .mcp.json, and of the same in what VS Code and Zed read. */
  'mcp-servers',
  'vscode-mcp-servers',
  'zed-mcp-servers',
] as const;

export type PartKind = (typeof PART_KINDS)[number];

/**
 * How devgen owns what it writes: `file`, from the first byte to the last; `seed`, written once and the user's from
 * then on.
 */
export const FILE_KINDS = ['file', 'seed', ...PART_KINDS] as const;

export type FileKind = (typeof FILE_KINDS)[number];
