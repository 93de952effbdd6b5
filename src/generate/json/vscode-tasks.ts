import { memberOf } from '../../manifest/read-json.ts';
import { isOwnTask, OWN_DETAIL } from '../../manifest/vscode-tasks.ts';
import { addItems, dropItems } from './json-list.ts';
import { type ListRule, readList } from './read-list.ts';

const TASKS: ListRule = { key: 'tasks', type: 'array', dialect: 'with-comments', isOwn: isOwnTask };

/** What a tasks.json holds before it has a task. */
export const EMPTY_TASKS = '{\n  "version": "2.0.0",\n  "tasks": [\n  ]\n}\n';

/** The labels that the user's own tasks have; `undefined` when the file has no `tasks` that we could add to. */
export function foreignTaskLabels(text: string): ReadonlySet<string> | undefined {
  const foreign = readList(text, TASKS)?.items.filter((task) => !task.isOwn);
  const labels = foreign?.map(({ value }) => memberOf(value, 'label'));
  return labels && new Set(labels.filter((label) => typeof label === 'string'));
}

/** The tasks.json with exactly these tasks of ours behind the user's; comments and everything else untouched. */
export function putTasks(text: string, body: string): string | undefined {
  const list = readList(dropTasks(text) ?? '', TASKS);
  const lines = body.trimEnd().split('\n');
  return (
    list &&
    addItems(
      list,
      lines.map((line) => JSON.stringify(JSON.parse(line), null, 2)),
    )
  );
}

/** The tasks.json without any task of ours. */
export function dropTasks(text: string): string | undefined {
  const list = readList(text, TASKS);
  return list && dropItems(list);
}

/** The tasks.json with our tasks, but without the details that mark them. */
export function unwrapTasks(text: string): string {
  return text.replaceAll(`"detail": ${JSON.stringify(OWN_DETAIL)}`, '"detail": ""');
}
