import type { FileKind } from './file-kind.ts';

/** One file of a row of `EMITTED`. */
export interface EmittedFile {
  readonly kind: FileKind;
  /**
   * Where it may lie, relative to the root. `NAME` stands for the name of a service, `LAUNCHER` for what the launcher
   * is called; a path that ends in `/` for every file below that folder.
   */
  readonly paths: readonly string[];
  /** Absent: it is only read. */
  readonly mode?: '755';
  /**
   * What git must end its lines with at a checkout; absent: it does not matter, or lies in `.devgen/`, which says it
   * for all.
   */
  readonly eol?: 'lf' | 'crlf';
  /** The programs that read it: each checks the text before it is written. */
  readonly readBy?: readonly Reader[];
}

export type Reader = 'sh' | 'bash' | 'zsh' | 'fish' | 'make';

interface Emitted {
  /** Absent: it is always generated. Else the row's name is a key of `emit:`, where `false` leaves it out. */
  readonly option?: EmitOption;
  readonly files: readonly EmittedFile[];
}

export interface EmitOption {
  /** What editors show beside the key, with the default. */
  readonly describe: string;
  /** What `init` calls it in its list. */
  readonly label: string;
}

/**
 * Every kind of thing that devgen generates, and all that is known about it but its text, which `generate/emit/`
 * renders: the keys of `emit:`, the choices of `init`, the paths a manifest may name, the rules for git and the checks
 * before a write are derived from here.
 */
export const EMITTED = {
  config: {
    files: [{ kind: 'seed', paths: ['devgen.config.yaml', 'devgen.config.yml', 'devgen.config.json'] }],
  },
  launcher: {
    files: [
      { kind: 'file', paths: ['LAUNCHER'], mode: '755', eol: 'lf', readBy: ['sh'] },
      { kind: 'file', paths: ['LAUNCHER.cmd'], eol: 'crlf' },
    ],
  },
  runtime: {
    files: [
      {
        kind: 'file',
        paths: ['.devgen/runtime/', '.devgen/.gitignore', '.devgen/.gitattributes'],
      },
    ],
  },
  schema: { files: [{ kind: 'file', paths: ['.devgen/schema.json'] }] },
  outputSchema: { files: [{ kind: 'file', paths: ['.devgen/output.schema.json'] }] },
  makefile: {
    option: { describe: 'Make targets. Default: true.', label: 'make targets' },
    files: [
      { kind: 'file', paths: ['.devgen/devgen.mk'], readBy: ['make'] },
      { kind: 'block', paths: ['GNUmakefile', 'makefile', 'Makefile'] },
    ],
  },
  aliases: {
    option: { describe: '`scripts/aliases.sh`. Default: true.', label: 'shell aliases' },
    files: [
      {
        kind: 'file',
        paths: ['scripts/aliases.sh'],
        eol: 'lf',
        readBy: ['bash', 'zsh', 'fish'],
      },
    ],
  },
  completion: {
    option: {
      describe: 'Completion of the launcher and the aliases in bash, zsh and fish. Default: true.',
      label: 'shell completion',
    },
    files: [
      { kind: 'file', paths: ['.devgen/completion/dev.bash'], readBy: ['bash'] },
      { kind: 'file', paths: ['.devgen/completion/dev.zsh'], readBy: ['zsh'] },
      { kind: 'file', paths: ['.devgen/completion/dev.fish'], readBy: ['fish'] },
      { kind: 'file', paths: ['.devgen/completion/words'] },
    ],
  },
  startScripts: {
    option: { describe: '`scripts/start-NAME.sh` for each service. Default: true.', label: 'scripts/start-NAME.sh' },
    files: [{ kind: 'file', paths: ['scripts/start-NAME.sh'], mode: '755', eol: 'lf', readBy: ['sh'] }],
  },
  npmScripts: {
    option: {
      describe: 'Scripts in the root’s `package.json`, where there is one. Default: true.',
      label: 'npm scripts',
    },
    files: [{ kind: 'npm-scripts', paths: ['package.json'] }],
  },
  nodemon: {
    option: {
      describe:
        '`nodemon.json`, so that it does not restart for what lands in `logs/`. Default: where a script of the ' +
        'root’s `package.json` runs nodemon and it has no settings.',
      label: 'nodemon.json, which has it ignore logs/',
    },
    files: [{ kind: 'file', paths: ['nodemon.json'] }],
  },
  vscode: {
    option: {
      describe: 'Tasks in `.vscode/tasks.json`. Default: where there is a `.vscode` folder.',
      label: 'VS Code tasks',
    },
    files: [{ kind: 'vscode-tasks', paths: ['.vscode/tasks.json'] }],
  },
  guide: {
    option: {
      describe: 'A section in `DEVELOPMENT.md`. Default: true, unless that is a symbolic link.',
      label: 'a section in DEVELOPMENT.md',
    },
    files: [{ kind: 'markdown-block', paths: ['DEVELOPMENT.md'] }],
  },
  agents: {
    option: {
      describe: 'A section in `AGENTS.md`, for coding agents. Default: true, unless that is a symbolic link.',
      label: 'a section in AGENTS.md',
    },
    files: [{ kind: 'markdown-block', paths: ['AGENTS.md'] }],
  },
  mcp: {
    option: {
      describe: 'A server in `.mcp.json`, by which coding agents find the tools of this project. Default: true.',
      label: 'a server in .mcp.json, for coding agents',
    },
    files: [{ kind: 'mcp-servers', paths: ['.mcp.json'] }],
  },
  mcpCursor: {
    option: { describe: 'The same in `.cursor/mcp.json`. Default: false.', label: 'the same for Cursor' },
    files: [{ kind: 'mcp-servers', paths: ['.cursor/mcp.json'] }],
  },
  mcpVscode: {
    option: { describe: 'The same in `.vscode/mcp.json`. Default: false.', label: 'the same for VS Code' },
    files: [{ kind: 'vscode-mcp-servers', paths: ['.vscode/mcp.json'] }],
  },
  mcpCodex: {
    option: { describe: 'The same in `.codex/config.toml`. Default: false.', label: 'the same for Codex' },
    files: [{ kind: 'block', paths: ['.codex/config.toml'] }],
  },
  mcpZed: {
    option: { describe: 'The same in `.zed/settings.json`. Default: false.', label: 'the same for Zed' },
    files: [{ kind: 'zed-mcp-servers', paths: ['.zed/settings.json'] }],
  },
  skill: {
    option: {
      describe:
        'What `AGENTS.md` says as a skill in `.claude/skills/`, which agents read when they need it. Default: false.',
      label: 'a skill in .claude/skills/, for coding agents',
    },
    files: [{ kind: 'file', paths: ['.claude/skills/dev-servers/SKILL.md'] }],
  },
  gitignore: { files: [{ kind: 'block', paths: ['.gitignore'] }] },
  gitattributes: { files: [{ kind: 'block', paths: ['.gitattributes'] }] },
  formatterIgnore: { files: [{ kind: 'block', paths: ['.prettierignore'] }] },
} as const satisfies Readonly<Record<string, Emitted>>;

type Rows = typeof EMITTED;

export type EmittedName = keyof Rows;

/** The rows that `emit:` can switch. */
export type EmitName = {
  [Name in EmittedName]: Rows[Name] extends { readonly option: EmitOption } ? Name : never;
}[EmittedName];

/** Which of them the user wants; absent: wherever the repository has a place for it. */
export type EmitOptions = Readonly<Partial<Record<EmitName, boolean>>>;

/** The paths of a row, with any name for `NAME` and `LAUNCHER`. */
export type PathOf<Name extends EmittedName> = Concrete<Rows[Name]['files'][number]['paths'][number]>;

type Concrete<Rule extends string> = Rule extends `${infer Before}${'NAME' | 'LAUNCHER'}${infer After}`
  ? `${Before}${string}${After}`
  : Rule extends `${string}/`
    ? `${Rule}${string}`
    : Rule;

/** In the order of the documentation. */
export const EMITTED_NAMES: readonly EmittedName[] = Object.keys(EMITTED).filter(isEmittedName);
export const EMIT_NAMES: readonly EmitName[] = EMITTED_NAMES.filter(isEmitName);

export function emittedFiles(name: EmittedName): readonly EmittedFile[] {
  return EMITTED[name].files;
}

export function isEmitName(name: EmittedName): name is EmitName {
  return 'option' in EMITTED[name];
}

function isEmittedName(name: string): name is EmittedName {
  return name in EMITTED;
}
