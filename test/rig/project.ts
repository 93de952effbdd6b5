import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { copyRuntime } from './copy-runtime.ts';
import { userEnvironment } from './environment.ts';
import { heldBySupervisor } from './held.ts';
import { killQuietly, type LivingProcess, processesOf } from './processes.ts';
import { type Finished, type RunOptions, run } from './run.ts';
import { runFolder } from './run-folder.ts';
import { waitUntil } from './wait-until.ts';

export const repository = dirname(dirname(import.meta.dirname));

/** A repository of a user's in a temporary folder; it is stopped, checked for leftovers and removed with the test. */
export interface Project {
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly dev: Command;
  readonly devgen: Command;
  readonly make: Command;
  write(path: string, text: string, mode?: number): void;
  read(path: string): string;
  /** What the supervisor last wrote of a service, which is there sooner than `logs/NAME_status.json`. */
  status(service: string): StatusFile;
  /** Living processes that belong to this project in any way. */
  processes(): LivingProcess[];
}

export type Command = (args: readonly string[], options?: CommandOptions) => Promise<Finished>;
type CommandOptions = Partial<Pick<RunOptions, 'limitMs' | 'input' | 'cwd' | 'environment'>>;

/** What the tests look at in a status file. */
interface StatusFile {
  readonly schemaVersion: number;
  readonly state: string;
  readonly wanted: string;
  readonly pid: number | null;
  readonly port: number | null;
  readonly wantedPort: number | null;
  readonly url: string | null;
  readonly run: string | null;
  readonly fingerprint: string | null;
  readonly restarts: number;
  readonly supervisor: { readonly pid: number } | null;
}

export interface ProjectOptions {
  /** Name of the folder; has a space unless another is given. */
  readonly name?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** A folder of `examples/` to copy. */
  readonly example?: string;
  /** `none`: without the rig's own programs, an empty folder but for `files`. */
  readonly programs?: 'none';
  /** `everything`: runs `devgen generate` on the files; `true`: only `./dev` and the runtime, which are the same for every config. */
  readonly generated?: boolean | 'everything';
}

/** Where a service's status lies as it is at this moment; relative to the root. */
export function statusFile(service: string): string {
  return `logs/.devgen/status/${service}.json`;
}

/** Creates a project for the current test. */
export async function createProject(options: ProjectOptions = {}): Promise<Project> {
  const folder = mkdtempSync(join(runFolder(), 'test-'));
  const root = join(folder, options.name ?? 'my project');
  if (options.programs === 'none') mkdirSync(root);
  else if (options.example === undefined) {
    cpSync(join(import.meta.dirname, 'programs'), join(root, 'programs'), { recursive: true });
  } else cpSync(join(repository, 'examples', options.example), root, { recursive: true });
  const variable = `RIG_PROJECT_${randomBytes(6).toString('hex')}`;
  const project = projectAt(root, variable);
  for (const [path, text] of Object.entries(options.files ?? {})) project.write(path, text);
  onTestFinished(async ({ task }) => {
    const failed = task.result?.state === 'fail';
    if (failed) console.error(describeState(project));
    try {
      await clear(project, { complain: !failed });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
  if (options.generated === true) copyRuntime(root);
  if (options.generated === 'everything') await generate(project);
  return project;
}

/** Puts this repository's `vite` into `folder` of the project, as an installation would. */
export function linkVite(project: Project, folder: string): void {
  const modules = join(project.root, folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(join(repository, 'node_modules/vite'), join(modules, 'vite'));
  symlinkSync('../vite/bin/vite.js', join(modules, '.bin/vite'));
}

function projectAt(root: string, variable: string): Project {
  const environment = { ...userEnvironment(), [variable]: '1' };
  const command =
    (file: string, before: readonly string[]): Command =>
    (args, options = {}) =>
      run(file, [...before, ...args], {
        cwd: root,
        ...options,
        environment: { ...environment, ...options.environment },
      });
  return {
    root,
    environment,
    dev: command(join(root, 'dev'), []),
    devgen: command(process.execPath, [join(repository, 'dist/cli.js')]),
    make: command('make', ['--no-print-directory']),
    write(path, text, mode) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      rmSync(join(root, path), { force: true }); // Other projects may have links to the same file.
      writeFileSync(join(root, path), text);
      if (mode !== undefined) chmodSync(join(root, path), mode);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    status: (service) => JSON.parse(readFileSync(join(root, statusFile(service)), 'utf8')) as StatusFile,
    processes: () => processesOf({ variable, folder: root }),
  };
}

async function generate(project: Project): Promise<void> {
  const finished = await project.devgen(['generate']);
  if (finished.code !== 0) throw new Error(`devgen generate failed\n${finished.stdout}${finished.stderr}`);
}

/** Stops what runs, and fails when anything is left after that; what is alive is killed by pid. */
async function clear(project: Project, { complain }: { complain: boolean }): Promise<void> {
  if (existsSync(join(project.root, 'dev')) && !isStopped(project)) {
    await project.dev(['stop'], { limitMs: 20_000 }).catch(() => undefined);
  }
  let left: readonly string[];
  try {
    left = await leftBehind(project);
  } finally {
    // A supervisor would leave by itself, one second later.
    for (const { pid } of project.processes()) killQuietly(pid);
  }
  await waitUntil(() => project.processes().length === 0, 5000);
  if (complain && left.length > 0)
    throw new Error(`the test left behind:\n${left.map((each) => `  ${each}`).join('\n')}`);
}

function isStopped(project: Project): boolean {
  return project.processes().every(isSupervisor);
}

/** Processes; and what a supervisor with nothing to do still holds of runs, or held when it left. */
async function leftBehind(project: Project): Promise<readonly string[]> {
  try {
    await waitUntil(() => isStopped(project), 5000);
  } catch {
    return project.processes().map(({ pid, command }) => `${pid} ${command}`);
  }
  let held: readonly string[] = [];
  const supervisors = new Set<number>();
  await waitUntil(() => {
    for (const { pid } of project.processes()) supervisors.add(pid);
    held = [...supervisors].flatMap((pid) => heldBySupervisor(pid, project.root));
    return held.length === 0;
  }).catch(() => undefined);
  return held;
}

function isSupervisor({ command }: LivingProcess): boolean {
  return command.includes('/.devgen/runtime/supervisor.cjs');
}

/** Another file may have taken its place, or none; to read a pipe would wait for ever. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Logs, status files and processes, to find out from why a test failed. */
function describeState(project: Project): string {
  const logs = join(project.root, 'logs');
  const files = statSync(logs, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(logs).filter((name) => /\.(log|json|ndjson)$/.test(name) && isFile(join(logs, name)))
    : [];
  const texts = files.map((name) => `--- logs/${name}\n${readFileSync(join(logs, name), 'utf8').slice(-4000)}`);
  const alive = project.processes().map(({ pid, command }) => `${pid} ${command}`);
  return [`--- ${project.root}`, ...texts, '--- processes', ...alive].join('\n');
}
