import type { McpClient } from '../../manifest/mcp-clients.ts';
import type { UserMakefile } from '../make/read-makefiles.ts';

/** What a repository holds that decides what is generated in it, and where. */
export interface RepositoryFacts {
  readonly makefile: UserMakefile;
  readonly versionControl: 'git' | 'none';
  /** The user's file as latin1 without our block; `null`: there is none. */
  readonly gitignore: string | null;
  readonly gitattributes: string | null;
  readonly prettierignore: string | null;
  /** Whether git tracks files of the user's own in `logs/`, where the runtime writes. */
  readonly tracksLogs: boolean;
  /** Whether the root's package.json depends on prettier. */
  readonly usesPrettier: boolean;
  /** Whether a site generator makes a page of each Markdown file in the root. */
  readonly publishesRoot: boolean;
  /** The user's own npm scripts, name to command; `null`: no package.json in the root that has `scripts`. */
  readonly npmScripts: ReadonlyMap<string, string> | null;
  /**
   * Whether the root's scripts run nodemon, and whether it has settings of the user's, in a file of its own or in the
   * root's package.json.
   */
  readonly nodemon: 'unused' | 'unset' | 'set';
  /** Labels of the user's own VS Code tasks; `null`: no `.vscode` folder, or a tasks.json that none can be added to. */
  readonly vscodeLabels: ReadonlySet<string> | null;
  /** Names of the user's own servers, by who reads them; `null`: no file, or one that none can be added to. */
  readonly mcpServers: Readonly<Record<McpClient, ReadonlySet<string> | null>>;
}
