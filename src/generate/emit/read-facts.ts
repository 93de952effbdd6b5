import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { configJsonSchema } from '../../config/json-schema.ts';
import { dropBlock } from '../../manifest/managed-block.ts';
import { foreignScriptNames } from '../../manifest/npm-scripts.ts';
import { AGENTS_PATH, GUIDE_PATH, TASKS_PATH } from '../../manifest/project-path.ts';
import { EMPTY_TASKS, foreignTaskLabels } from '../../manifest/vscode-tasks.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { readMakefiles } from '../make/read-makefiles.ts';
import type { ProjectOutline } from '../project-names.ts';
import type { CommandWords } from './command-words.ts';
import type { EmitOptions } from './emit-options.ts';
import type { ProjectFacts, RuntimeFile, Templates } from './project-facts.ts';

export interface Sources {
  readonly root: string;
  readonly plan: ProjectOutline;
  readonly commands: readonly CommandWords[];
  readonly emit: EmitOptions;
  readonly seed: ProjectFacts['seed'];
  /** Folder of the built runtime; throws when it is not there. */
  readonly runtimeSource: string;
  /** Folder of the literal texts. */
  readonly templates: string;
}

/** Reads everything that decides what is generated; changes nothing. */
export async function readFacts({ root, runtimeSource, templates, ...chosen }: Sources): Promise<ProjectFacts> {
  const packageJson = readOptional(join(root, 'package.json'));
  const { plan, emit, seed, commands } = chosen;
  return {
    plan,
    emit,
    seed,
    commands,
    schema: configJsonSchema(),
    templates: readTemplates(templates),
    runtime: readRuntime(runtimeSource),
    makefile: await readMakefiles(root),
    versionControl: isInGitRepository(root) ? 'git' : 'none',
    gitignore: readUsersPart(join(root, '.gitignore')),
    gitattributes: readUsersPart(join(root, '.gitattributes')),
    prettierignore: readUsersPart(join(root, '.prettierignore')),
    usesPrettier: /"prettier"\s*:/.test(packageJson ?? ''),
    npmScriptNames: foreignScriptNames(packageJson ?? '') ?? null,
    vscodeLabels: readTaskLabels(root),
    blockedDocuments: new Set([GUIDE_PATH, AGENTS_PATH].filter((path) => isBlocked(join(root, path)))),
  };
}

function readTemplates(folder: string): Templates {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
  return {
    launcher: read('dev'),
    windowsLauncher: read('dev.cmd'),
    aliases: read('aliases.sh'),
    startScript: read('start-service.sh'),
    completion: {
      bash: read('completion/dev.bash'),
      zsh: read('completion/dev.zsh'),
      fish: read('completion/dev.fish'),
    },
  };
}

function readRuntime(folder: string): RuntimeFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), content: readFileSync(file) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The project may be a folder of a larger repository; in a worktree `.git` is a file. */
function isInGitRepository(root: string): boolean {
  if (existsSync(join(root, '.git'))) return true;
  const parent = dirname(root);
  return parent !== root && isInGitRepository(parent);
}

/** `null`: no `.vscode` folder, or a tasks.json that nothing can be added to. */
function readTaskLabels(root: string): ReadonlySet<string> | null {
  if (lstatSync(join(root, '.vscode'), { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  if (isBlocked(join(root, TASKS_PATH))) return null;
  return foreignTaskLabels(readOptional(join(root, TASKS_PATH)) ?? EMPTY_TASKS) ?? null;
}

/** Whether something else than a plain file is there. */
function isBlocked(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === false;
}

function readUsersPart(file: string): string | null {
  const text = readOptional(file);
  return text === null ? null : dropBlock(text);
}

/** `null`: there is no such file. What lies there instead is for the plan of the changes to refuse. */
function readOptional(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'EISDIR', 'EACCES', 'ELOOP']);
    return null;
  }
}
