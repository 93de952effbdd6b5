import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Task } from './tasks.ts';

const NAMES = ['justfile', 'Justfile', '.justfile'];

/** The recipes of a justfile, `{{…}}` left as written. Source: just's manual, "Recipes". */
export function justRecipes({ repository, directory }: RepositoryPlace): readonly Task[] {
  const file = NAMES.map((name) => joinPath(directory, name)).find(repository.has);
  if (file === undefined) return [];
  const tasks: (Task & { readonly commands: string[] })[] = [];
  let isRecipe = false;
  for (const [index, line] of (repository.text(file) ?? '').split('\n').entries()) {
    const header = /^@?([A-Za-z_][\w-]*)(?:\s[^:]*)?:(?!=)/.exec(line);
    if (header !== null) {
      const [, name = ''] = header;
      tasks.push({ name, text: `just ${name}`, commands: [], cwd: directory, file, line: index + 1 });
      isRecipe = true;
    } else if (/^\s+\S/.test(line) && isRecipe) {
      tasks.at(-1)?.commands.push(line.trim().replace(/^[@-]+/, ''));
    } else if (line.trim() !== '') isRecipe = false;
  }
  return tasks;
}
