import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { dropBlock, findBlock } from '../../manifest/managed-block.ts';
import type { ServerKind } from '../../manifest/mcp-servers.ts';
import { readDisk } from '../../manifest/read-disk.ts';
import { memberOf, readJsonText } from '../../manifest/read-json.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { findGitCheckout } from '../../platform/git-checkout.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { emptyServers, foreignServers } from '../json/mcp-servers.ts';
import { foreignScripts } from '../json/npm-scripts.ts';
import { EMPTY_TASKS, foreignTaskLabels } from '../json/vscode-tasks.ts';
import { readMakefiles } from '../make/read-makefiles.ts';
import { tracksFilesIn } from '../tracked-by-git.ts';
import { foreignCodexServers } from './codex-servers.ts';
import { publishesRoot } from './publishes-root.ts';
import { NODEMON_JSON } from './render-nodemon.ts';
import type { RepositoryFacts } from './repository.ts';

/** Reads what the repository at `root` holds; changes nothing. */
export async function readRepository(root: string): Promise<RepositoryFacts> {
  const packageJson = readOptional(join(root, 'package.json'));
  const versionControl = findGitCheckout(root) === undefined ? 'none' : 'git';
  return {
    makefile: await readMakefiles(root),
    versionControl,
    tracksLogs: versionControl === 'git' && existsSync(join(root, 'logs')) && (await tracksFilesIn(root, 'logs')),
    gitignore: readUsersPart(join(root, '.gitignore')),
    gitattributes: readUsersPart(join(root, '.gitattributes')),
    prettierignore: readUsersPart(join(root, '.prettierignore')),
    usesPrettier: /"prettier"\s*:/.test(packageJson ?? ''),
    publishesRoot: publishesRoot({
      textOf: (name) => readOptional(join(root, name)),
      hasPosts: existsSync(join(root, '_posts')),
    }),
    npmScripts: foreignScripts(packageJson ?? '') ?? null,
    nodemon: useOfNodemon(packageJson ?? '', readOptional(join(root, 'nodemon.json'))),
    vscodeLabels: readTaskLabels(root),
    mcpServers: {
      claude: readServers(root, '.mcp.json', 'mcp-servers'),
      cursor: readServers(root, '.cursor/mcp.json', 'mcp-servers'),
      vscode: readServers(root, '.vscode/mcp.json', 'vscode-mcp-servers'),
      codex: inFile(root, '.codex/config.toml', (text) => foreignCodexServers(text ?? '')),
      zed: readServers(root, '.zed/settings.json', 'zed-mcp-servers'),
    },
  };
}

function useOfNodemon(packageJson: string, settings: string | null): RepositoryFacts['nodemon'] {
  const isOurs = settings === null || sameJson(settings, NODEMON_JSON);
  if (!isOurs || memberOf(readJsonText(packageJson), 'nodemonConfig') !== undefined) return 'set';
  const scripts = [...(foreignScripts(packageJson)?.values() ?? [])];
  return scripts.some((script) => /\bnodemon\b/.test(script)) ? 'unset' : 'unused';
}

function sameJson(one: string, other: string): boolean {
  return JSON.stringify(readJsonText(one)) === JSON.stringify(readJsonText(other));
}

/** `null`: no `.vscode` folder, or a tasks.json that nothing can be added to. */
function readTaskLabels(root: string): ReadonlySet<string> | null {
  if (lstatSync(join(root, '.vscode'), { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  return inFile(root, '.vscode/tasks.json', (text) => foreignTaskLabels(text ?? EMPTY_TASKS));
}

function readServers(root: string, path: string, kind: ServerKind): ReadonlySet<string> | null {
  return inFile(root, path, (text) => foreignServers(kind, text ?? emptyServers(kind)));
}

/**
 * `text` of the file is `null` when there is none. `null`: something else lies there or above it, or it takes nothing
 * of ours.
 */
function inFile<Found>(root: string, path: string, read: (text: string | null) => Found | undefined): Found | null {
  const entry = readDisk(root, [{ path, executable: false }]).get(path);
  if (entry?.kind === 'blocked' && entry.reason !== 'unreadable') return null;
  return read(entry?.kind === 'file' ? entry.content.toString('latin1') : null) ?? null;
}

/** What is the user's in a file with a damaged block cannot be told: nothing is taken for it. */
function readUsersPart(file: string): string | null {
  const text = readOptional(file);
  if (text === null) return null;
  return findBlock(text).kind === 'damaged' ? '' : dropBlock(text);
}

/** `null`: there is no such file. What lies there instead is for the plan of the changes to refuse. */
function readOptional(file: string): string | null {
  try {
    return readRegularFile(file).toString('latin1');
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'EISDIR', 'EACCES', 'ELOOP', 'EFTYPE', 'EFBIG']);
    return null;
  }
}
