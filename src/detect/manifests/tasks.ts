import { asText, at, type Data, entriesOf, loadToml, loadYaml, textsOf } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import { shellLines } from '../source/shell-lines.ts';
import { justRecipes } from './justfile.ts';
import { makefileIn, makefileTargets } from './makefile.ts';

/** A named task of a task runner: what is typed to run it, and the commands that it runs. */
export interface Task {
  readonly name: string;
  /** `just dev`, `task dev`, `script/server`. */
  readonly text: string;
  readonly commands: readonly string[];
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
    ...pyprojectTasks(place),
    ...startScripts(place),
  ]);
}

function makeTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = makefileIn(repository, directory);
  if (file === undefined) return [];
  return makefileTargets(repository, directory).map(({ name, recipe, line }) => {
    return { name, text: `make ${name}`, commands: recipe, cwd: directory, file, line };
  });
}

/** Source: Task's schema of `Taskfile.yml`. */
function taskfileTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'Taskfile.dist.yml']
    .map((name) => joinPath(directory, name))
    .find(repository.has);
  if (file === undefined) return [];
  return entriesOf(at(loadYaml(repository, file), 'tasks')).map(([name, data]) => {
    const listed = at(data, 'cmds') ?? at(data, 'cmd') ?? data;
    const commands = (Array.isArray(listed) ? listed : [listed]).flatMap((item: Data) => {
      const called = asText(at(item, 'task'));
      return asText(item) ?? asText(at(item, 'cmd')) ?? (called === undefined ? [] : `task ${called}`);
    });
    const cwd = joinPath(directory, asText(at(data, 'dir')) ?? '.');
    return { name, text: `task ${name}`, commands, cwd, file, line: null };
  });
}

/** Source: mise's documentation, "TOML-based tasks". */
function miseTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = ['mise.toml', '.mise.toml', '.config/mise.toml'].map((name) => joinPath(directory, name));
  return file.filter(repository.has).flatMap((path) =>
    entriesOf(at(loadToml(repository, path), 'tasks')).map(([name, data]) => {
      const cwd = joinPath(directory, asText(at(data, 'dir')) ?? '.');
      const commands = textsOf(at(data, 'run') ?? data);
      return { name, text: `mise run ${name}`, commands, cwd, file: path, line: null };
    }),
  );
}

/** Where a pyproject.toml may hold tasks, and what is typed in front of their names. */
const PYPROJECT: readonly (readonly [readonly string[], string])[] = [
  [['tool', 'poe', 'tasks'], 'poe'],
  [['tool', 'taskipy', 'tasks'], 'task'],
  [['tool', 'pdm', 'scripts'], 'pdm run'],
  [['tool', 'hatch', 'envs', 'default', 'scripts'], 'hatch run'],
];

function pyprojectTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = joinPath(directory, 'pyproject.toml');
  if (!repository.has(file)) return [];
  const data = loadToml(repository, file);
  return PYPROJECT.flatMap(([path, runner]) =>
    entriesOf(at(data, ...path)).map(([name, task]) => {
      const commands = textsOf(at(task, 'cmd') ?? at(task, 'shell') ?? task);
      return { name, text: `${runner} ${name}`, commands, cwd: directory, file, line: null };
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
    const text = repository.has(file) ? (repository.text(file) ?? '') : '';
    if (!/^#!.*\b(?:ba|z|da)?sh\b/.test(text)) return [];
    const name = path.replace(/^.*\/|\.sh$/g, '');
    return [{ name, text: path, commands: shellLines(text).filter(isCommand), cwd: directory, file, line: null }];
  });
}

const SHELL_WORDS = /^(?:if|fi|else|for|while|case|esac|done|function|set|echo|cd "?\$)\b/;

/** What stands inside conditions is left to the shell. */
function isCommand(line: string): boolean {
  return /^[A-Za-z./$"]/.test(line) && !SHELL_WORDS.test(line);
}
