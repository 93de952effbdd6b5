import { makefileEnvironment, readMakefileTarget } from '../manifests/makefile.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { processLines } from '../manifests/procfile.ts';
import { tasksIn } from '../manifests/tasks.ts';
import { lineOf } from '../repository/find-line.ts';
import { joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { builtCommand } from './built-command.ts';
import { flagValue } from './flags.ts';
import type { CommandCall, Launch, PackageScript } from './launch.ts';
import { readMonorepoRunner } from './monorepo-runner.ts';
import { nestedCommand } from './nested-command.ts';
import { normaliseCall } from './normalise-call.ts';
import { readParallelRunner } from './parallel-runner.ts';
import { procfileOfRunner } from './procfile-runner.ts';
import { readRuntime } from './read-runtime.ts';
import { recogniseProgram } from './recognise-program.ts';
import { readScriptCall } from './script-call.ts';
import { type SimpleCommand, splitCommand } from './split-command.ts';
import { stripWrappers } from './strip-wrappers.ts';

/** A command line and where it stands. */
export interface CommandLine {
  readonly text: string;
  readonly cwd: string;
  readonly file: string;
  readonly line: number | null;
  readonly label?: string | null;
  /** What it is given by what runs it. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Reading {
  readonly repository: Repository;
  readonly invocation: CommandCall;
  readonly label: string | null;
  /** Scripts and targets being read, to stop at a script that calls itself. */
  readonly open: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly sourced?: readonly string[];
  /** Whether other programs are started beside it. */
  readonly isBranch?: true;
}

const MAX_DEPTH = 8;

/** Everything that a command line starts, scripts and parallel runners followed; nothing is run. */
export function readCommand(repository: Repository, command: CommandLine): readonly Launch[] {
  const { text, cwd, file, line, label = null, env = {} } = command;
  const invocation: CommandCall = { cwd, text, script: null, takesArguments: true, file, line };
  return readLine({ repository, invocation, label, open: [], env }, text, cwd);
}

/** Everything that a script of a package.json starts. */
export function readScript(repository: Repository, directory: string, name: string): readonly Launch[] {
  return repository.remember(`script:${directory}:${name}`, () => {
    const invocation = scriptInvocation(repository, directory, name);
    return readScriptText({ repository, invocation, label: null, open: [], env: {} }, { directory, name });
  });
}

function scriptInvocation(repository: Repository, directory: string, name: string): CommandCall {
  const file = joinPath(directory, 'package.json');
  const text = scriptCommand(packageManagerOf(repository, directory), name);
  const line = lineOf(repository, file, new RegExp(`"${name.replace(/[^\w]/g, '\\$&')}"\\s*:\\s*"`));
  return { cwd: directory, text, script: { directory, name }, takesArguments: true, file, line };
}

function readScriptText(
  reading: Reading,
  { directory, name }: PackageScript,
  extra: readonly string[] = [],
): readonly Launch[] {
  const key = `${directory}:${name}`;
  const text = readPackageJson(reading.repository, directory)?.scripts[name];
  if (text === undefined || reading.open.includes(key) || reading.open.length >= MAX_DEPTH) return [];
  return readLine({ ...reading, open: [...reading.open, key] }, [text, ...extra].join(' '), directory);
}

function readLine(reading: Reading, text: string, cwd: string): readonly Launch[] {
  const commands = splitCommand(text);
  const launches: Launch[] = [];
  let place = cwd;
  let sourced = reading.sourced ?? [];
  for (const [index, command] of commands.entries()) {
    const [first, target] = command.words;
    if (first === 'cd' || first === 'pushd') {
      place = joinPath(place, target === undefined || target.startsWith('$') || target.startsWith('/') ? '.' : target);
      continue;
    }
    const file = sourcedFile(command.words);
    if (file !== undefined) {
      if (!/(^|\/)activate$/.test(file)) sourced = [...sourced, `. ${file}`];
      continue;
    }
    const isLast = index === commands.length - 1;
    // A setup step before the last part does not matter; a second server beside it is started on its own.
    const narrowed = { ...reading.invocation, cwd: place, text: command.words.join(' '), script: null };
    const invocation = isLast ? reading.invocation : { ...narrowed, takesArguments: true };
    const found = readCall({ ...reading, invocation, sourced }, command, place);
    // What has to end before the next part begins opens no port for developers.
    launches.push(...(command.followedBy === '&&' ? found.filter(({ role }) => role !== 'file') : found));
  }
  return collapse(launches, reading.invocation);
}

/** What `. FILE` and `source FILE` read; a bare name is looked for beside, as bash does. */
function sourcedFile([first, file]: readonly string[]): string | undefined {
  if ((first !== '.' && first !== 'source') || file === undefined) return undefined;
  return file.includes('/') ? file : `./${file}`;
}

/** Where a line starts a single program, the line itself is what developers type. */
function collapse(launches: readonly Launch[], invocation: CommandCall): readonly Launch[] {
  const running = launches.filter((launch) => launch.role !== 'other');
  const unknown = launches.filter((launch) => launch.unknownBranch !== undefined);
  const [only] = running;
  if (only === undefined || running.length > 1) return running.length > 1 ? [...running, ...unknown] : launches;
  // A branch of a parallel runner is no script: the script inside it is what can be typed alone.
  const isTypedAlone = invocation.script === null && only.invocation.script !== null;
  return [isTypedAlone || unknown.length > 0 ? only : { ...only, outer: invocation }, ...unknown];
}

function readCall(reading: Reading, command: SimpleCommand, cwd: string): readonly Launch[] {
  const unwrapped = stripWrappers(command.words);
  const env = { ...reading.env, ...command.env, ...unwrapped.env };
  const directory = flagValue(command.words.slice(0, 4), command.words[0] === 'uv' ? ['--directory'] : []);
  const place = directory === undefined ? cwd : joinPath(cwd, directory);
  const words = normaliseCall(unwrapped.words);
  const managed = words[0] === 'manage.py' ? unwrapped.words.find((word) => word.endsWith('manage.py')) : undefined;
  const home = managed === undefined ? place : joinPath(place, parentOf(managed));
  const inner: Reading = { ...reading, env };
  return (
    readNested(inner, words, place) ??
    readTask(inner, command.words, place) ??
    readTask(inner, unwrapped.words, place) ??
    readSystemScript(inner, words) ??
    readScripts(inner, words, place) ??
    readBranches(inner, words, place) ?? [launchOf(inner, words, home)]
  );
}

/** `sh -c '…'`, `nodemon --exec '…'`, `make target`: a command inside a command. */
function readNested(reading: Reading, words: readonly string[], cwd: string): readonly Launch[] | undefined {
  const [name = ''] = words;
  const inside = { ...reading, invocation: { ...reading.invocation, takesArguments: false } };
  const nested = nestedCommand(words) ?? builtCommand({ repository: reading.repository, directory: cwd }, words);
  if (nested !== undefined) {
    const launches = readLine(inside, nested.text, cwd);
    return nested.isWatched ? watched(inside, launches) : launches;
  }
  if (name !== 'make' && name !== 'gmake') return undefined;
  const place = joinPath(cwd, flagValue(words, ['-C', '--directory']) ?? '.');
  const key = `make:${place}:${words.slice(1).join(' ')}`;
  if (reading.open.includes(key) || reading.open.length >= MAX_DEPTH) return [];
  const targets = words.slice(1);
  const env = { ...makefileEnvironment(reading.repository, place, targets), ...reading.env };
  const recipes = readMakefileTarget(reading.repository, place, targets);
  return recipes?.flatMap((recipe) => readLine({ ...inside, env, open: [...reading.open, key] }, recipe, place));
}

/** A script that a watcher runs again and again is not what is typed: alone it would be neither built nor watched. */
function watched({ invocation }: Reading, launches: readonly Launch[]): readonly Launch[] {
  const isSingle = launches.filter(({ role }) => role !== 'other').length === 1;
  return isSingle ? launches.map((launch) => ({ ...launch, invocation, outer: invocation })) : launches;
}

/** `just dev`, `task dev`, `script/server`: what the task of that name runs. */
function readTask(reading: Reading, words: readonly string[], cwd: string): readonly Launch[] | undefined {
  const { repository, open } = reading;
  const inside = { ...reading, invocation: { ...reading.invocation, takesArguments: false } };
  const text = words.join(' ').replace(/^(?:(?:ba|z)?sh )?(?:\.\/)?/, '');
  const task = tasksIn({ repository, directory: cwd }).find((candidate) => candidate.text === text);
  const key = `task:${cwd}:${text}`;
  if (task === undefined || open.includes(key) || open.length >= MAX_DEPTH) return undefined;
  const env = { ...task.env, ...reading.env };
  return task.commands.flatMap((command) => readLine({ ...inside, env, open: [...open, key] }, command, task.cwd));
}

/** `run-script-os` runs the script of the same name for this system; the plain one stands for all. */
function readSystemScript(reading: Reading, words: readonly string[]): readonly Launch[] | undefined {
  const { script } = reading.invocation;
  if (words[0] !== 'run-script-os' || script === null) return undefined;
  const scripts = readPackageJson(reading.repository, script.directory)?.scripts ?? {};
  const systems = ['default', 'nix', 'linux', 'darwin:linux', 'darwin'];
  const name = systems
    .map((system) => `${script.name}:${system}`)
    .find((candidate) => scripts[candidate] !== undefined);
  return name === undefined ? undefined : readScriptText(reading, { directory: script.directory, name });
}

function readScripts(reading: Reading, words: readonly string[], cwd: string): readonly Launch[] | undefined {
  const call = readScriptCall(reading.repository, words, cwd) ?? readMonorepoRunner(reading.repository, words, cwd);
  if (call === undefined) return undefined;
  return call.targets.flatMap(({ directory, name }) => {
    // Words that the outer script adds would be lost with the inner script alone.
    const isAdding = call.extraWords.length > 0 && call.targets.length === 1;
    const invocation = isAdding ? reading.invocation : scriptInvocation(reading.repository, directory, name);
    return readScriptText({ ...reading, invocation }, { directory, name }, call.extraWords);
  });
}

function readBranches(reading: Reading, words: readonly string[], cwd: string): readonly Launch[] | undefined {
  const { repository } = reading;
  const procfile = procfileOfRunner(repository, words, cwd);
  const branches =
    procfile === undefined ? readParallelRunner(repository, words, cwd) : processLines(repository, procfile);
  if (branches === undefined) return undefined;
  if (reading.open.length >= MAX_DEPTH) return [];
  return branches.flatMap(({ text, label }) => {
    const invocation = { ...reading.invocation, cwd, text, script: null, takesArguments: true };
    const inside: Reading = { ...reading, invocation, label, open: [...reading.open, text], isBranch: true };
    const launches = readLine(inside, text, cwd);
    const [first] = launches;
    const isKnown = first === undefined || launches.some(({ role }) => role !== 'other');
    return isKnown ? launches : [{ ...first, unknownBranch: text }];
  });
}

function launchOf(reading: Reading, words: readonly string[], cwd: string): Launch {
  const { invocation, label, env } = reading;
  const shared = { words, env, sourced: reading.sourced ?? [], cwd, label, invocation, outer: invocation };
  const found = recogniseProgram(words);
  if (found !== undefined) {
    // A production server that reloads is used for development.
    const reloads = found.program.role === 'production' && words.includes('--reload');
    // A build that nothing beside it makes anew is looked at, not developed.
    const isBuilt = found.program.framework === 'static' && reading.isBranch !== true && words.some(isBuildFolder);
    const role = reloads ? 'server' : isBuilt ? 'production' : found.program.role;
    return { ...shared, role, ecosystem: found.ecosystem, program: found.program, entry: null };
  }
  const runtime = readRuntime(reading.repository, words, cwd);
  if (runtime !== undefined) return { ...shared, ...runtime, program: null };
  return { ...shared, role: 'other', ecosystem: 'other', program: null, entry: null };
}

function isBuildFolder(word: string): boolean {
  return /^(?:\.\/)?(?:[\w-]+\/)*(?:build|dist|out|_site|www)\/?$/.test(word);
}
