import { asText, at, type Data, entriesOf, loadYaml, plainRecord } from '../repository/load-data.ts';
import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Task } from './tasks.ts';

const NAMES = ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml', 'Taskfile.dist.yml'];

/** The tasks of a Taskfile, plain variables filled in. Source: Task's schema of `Taskfile.yml`. */
export function taskfileTasks({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = NAMES.map((name) => joinPath(directory, name)).find(repository.has);
  if (file === undefined) return [];
  const data = loadYaml(repository, file);
  return entriesOf(at(data, 'tasks')).map(([name, task]) => {
    const variables = { ...plainRecord(at(data, 'vars')), ...plainRecord(at(task, 'vars')) };
    const set = { ...plainRecord(at(data, 'env')), ...plainRecord(at(task, 'env')) };
    const env = Object.fromEntries(Object.entries(set).map(([key, value]) => [key, filled(value, variables)]));
    const commands = commandsOf(task).map((command) => filled(command, variables));
    const cwd = joinPath(directory, asText(at(task, 'dir')) ?? '.');
    return { name, text: `task ${name}`, commands, env, cwd, file, line: null };
  });
}

function commandsOf(task: Data): readonly string[] {
  const listed = at(task, 'cmds') ?? at(task, 'cmd') ?? task;
  return (Array.isArray(listed) ? listed : [listed]).flatMap((item: Data) => {
    const called = asText(at(item, 'task'));
    return asText(item) ?? asText(at(item, 'cmd')) ?? (called === undefined ? [] : `task ${called}`);
  });
}

/** `{{.PORT}}` with the variable's value, where it is plain; other templates stay as they are. */
function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, name: string) => variables[name] ?? whole);
}
