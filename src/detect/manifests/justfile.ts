import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Task } from './tasks.ts';

const NAMES = ['justfile', 'Justfile', '.justfile'];

/** The recipes of a justfile, plain variables filled in. Source: just's manual, "Recipes", "Exporting Variables". */
export function justRecipes({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = NAMES.map((name) => joinPath(directory, name)).find(repository.has);
  if (file === undefined) return [];
  const variables = new Map<string, string>();
  const env: Record<string, string> = {};
  const tasks: (Task & { readonly commands: string[] })[] = [];
  let parameters = new Map<string, string>();
  let isRecipe = false;
  for (const [index, line] of (repository.text(file) ?? '').split('\n').entries()) {
    const assignment = /^(export\s+)?(\w[\w-]*)\s*:=\s*(["'])(.*?)\3\s*(?:#.*)?$/.exec(line);
    const header = /^@?([A-Za-z_][\w-]*)((?:\s[^:]*)?):(?!=)/.exec(line);
    if (assignment !== null) {
      const [, isExported, name = '', , value = ''] = assignment;
      variables.set(name, value);
      if (isExported !== undefined) env[name] = value;
      isRecipe = false;
    } else if (header !== null) {
      const [, name = '', given = ''] = header;
      tasks.push({ name, text: `just ${name}`, commands: [], env, cwd: directory, file, line: index + 1 });
      parameters = defaultsOf(given);
      isRecipe = true;
    } else if (/^\s+\S/.test(line) && isRecipe) {
      const command = line.trim().replace(/^[@-]+/, '');
      tasks.at(-1)?.commands.push(filled(command, new Map([...variables, ...parameters])));
    } else if (line.trim() !== '') isRecipe = false;
  }
  return tasks;
}

/** `dev port="4000"`: a parameter has its default where nothing else is given. */
function defaultsOf(parameters: string): Map<string, string> {
  return new Map(
    [...parameters.matchAll(/(?<![\w-])(\w[\w-]*)=(["'])(.*?)\2/g)].map(([, name = '', , value = '']) => [name, value]),
  );
}

/** `{{port}}` with the variable's value; other expressions stay as they are. */
function filled(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{\s*(\w[\w-]*)\s*\}\}/g, (whole, name: string) => variables.get(name) ?? whole);
}
