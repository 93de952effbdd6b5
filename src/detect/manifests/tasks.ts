import { asText, at, entriesOf, loadToml, plainRecord, textsOf } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { shellLines } from '../source/shell-lines.ts';
import { justRecipes } from './justfile.ts';
import { makefileEnvironment, makefileIn, makefileTargets } from './makefile.ts';
import { taskfileTasks } from './taskfile.ts';

/** A named task of a task runner: what is typed to run it, and the commands that it runs. */
export interface Task {
  readonly name: string;
  /** `just dev`, `task dev`, `script/server`. */
  readonly text: string;
  readonly commands: readonly string[];
  /** What the runner sets for its commands. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its commands run. */
  readonly cwd: string;
  readonly file: string;
  readonly line: number | null;
}

/** The tasks of every task runner with a file in this directory. */
export function tasksIn(place: RepositoryPlace): readonly Task[] {
  const { repository, directory } = place;
  return repository.remember(`tasks:${directory}`, () => [
    ...makeTasks(place),
    ...taskfileTasks(place),
    ...justRecipes(place),
    ...miseTasks(place),
    ...miseFiles(place),
    ...pyprojectTasks(place),
    ...startScripts(place),
  ]);
}

function makeTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = makefileIn(repository, directory);
  if (file === undefined) return [];
  return makefileTargets(repository, directory).map(({ name, recipe, line }) => {
    const env = makefileEnvironment(repository, directory, [name]);
    return { name, text: `make ${name}`, commands: recipe, env, cwd: directory, file, line };
  });
}

/** Source: mise's documentation, "TOML-based tasks". */
function miseTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = ['mise.toml', '.mise.toml', '.config/mise.toml'].map((name) => joinPath(directory, name));
  return file.filter(repository.has).flatMap((path) => {
    const settings = loadToml(repository, path);
    return entriesOf(at(settings, 'tasks')).map(([name, data]) => {
      const cwd = joinPath(directory, asText(at(data, 'dir')) ?? '.');
      const commands = textsOf(at(data, 'run') ?? data);
      const env = { ...plainRecord(at(settings, 'env')), ...plainRecord(at(data, 'env')) };
      return { name, text: `mise run ${name}`, commands, env, cwd, file: path, line: null };
    });
  });
}

/** Source: mise's documentation, "File Tasks". */
const MISE_FOLDERS = ['mise-tasks', '.mise-tasks', 'mise/tasks', '.mise/tasks', '.config/mise/tasks'];

function miseFiles({ repository, directory }: RepositoryPlace): readonly Task[] {
  return MISE_FOLDERS.flatMap((folder) =>
    repository.filesIn(joinPath(directory, folder)).flatMap((name) => {
      const file = joinPath(directory, folder, name);
      const script = shellScript(repository, file);
      if (script === undefined) return [];
      const task = name.replace(/\.sh$/, '');
      return [{ name: task, text: `mise run ${task}`, ...script, cwd: directory, file, line: null }];
    }),
  );
}

interface PyprojectRunner {
  readonly tasks: readonly string[];
  /** What all of its tasks are given. */
  readonly env?: readonly string[];
  /** What is typed in front of a task's name. */
  readonly typed: string;
}

/** Where a pyproject.toml may hold tasks. */
const PYPROJECT: readonly PyprojectRunner[] = [
  { tasks: ['tool', 'poe', 'tasks'], env: ['tool', 'poe', 'env'], typed: 'poe' },
  { tasks: ['tool', 'taskipy', 'tasks'], typed: 'task' },
  { tasks: ['tool', 'pdm', 'scripts'], env: ['tool', 'pdm', 'scripts', '_', 'env'], typed: 'pdm run' },
  {
    tasks: ['tool', 'hatch', 'envs', 'default', 'scripts'],
    env: ['tool', 'hatch', 'envs', 'default', 'env-vars'],
    typed: 'hatch run',
  },
];

function pyprojectTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = joinPath(directory, 'pyproject.toml');
  if (!repository.has(file)) return [];
  const data = loadToml(repository, file);
  return PYPROJECT.flatMap(({ tasks, env: shared, typed }) =>
    entriesOf(at(data, ...tasks)).map(([name, task]) => {
      const commands = textsOf(at(task, 'cmd') ?? at(task, 'shell') ?? task);
      const env = { ...(shared && plainRecord(at(data, ...shared))), ...plainRecord(at(task, 'env')) };
      return { name, text: `${typed} ${name}`, commands, env, cwd: directory, file, line: null };
    }),
  );
}

/** Scripts that by convention start the project, by the names of "scripts to rule them all" and of Rails. */
const START_SCRIPTS = ['server', 'dev', 'start', 'run', 'serve'].flatMap((name) =>
  ['script', 'scripts', 'bin'].flatMap((folder) => [`${folder}/${name}`, `${folder}/${name}.sh`]),
);

function startScripts({ repository, directory }: RepositoryPlace): readonly Task[] {
  return START_SCRIPTS.flatMap((path) => {
    const file = joinPath(directory, path);
    const script = shellScript(repository, file);
    const name = path.replace(/^.*\/|\.sh$/g, '');
    return script === undefined ? [] : [{ name, text: path, ...script, cwd: directory, file, line: null }];
  });
}

/** What a script of a shell runs; `undefined` for other files. */
function shellScript(repository: Repository, file: string): Pick<Task, 'commands' | 'env'> | undefined {
  const text = repository.has(file) ? (repository.text(file) ?? '') : '';
  if (!/^#!.*\b(?:ba|z|da)?sh\b/.test(text)) return undefined;
  return { commands: shellLines(text).filter(isCommand), env: exportsOf(text) };
}

function exportsOf(script: string): Readonly<Record<string, string>> {
  const lines = script.matchAll(/^export (\w+)=(["']?)([^"'\s]+)\2\s*$/gm);
  return Object.fromEntries([...lines].map(([, name = '', , value = '']) => [name, value]));
}

const SHELL_WORDS = /^(?:if|fi|else|for|while|case|esac|done|function|set|echo|cd "?\$)\b/;

/** What stands inside conditions is left to the shell. */
function isCommand(line: string): boolean {
  return /^[A-Za-z./$"]/.test(line) && !SHELL_WORDS.test(line);
}
