import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './project.ts';

/** Puts a runtime of another build in the place of the project's, as a `git pull` does. */
export function replaceRuntime(project: Project): void {
  const folder = '.devgen/runtime';
  const [, build] = /"([0-9a-f]{16})"/.exec(project.read(`${folder}/load.cjs`)) ?? [];
  if (build === undefined) throw new Error('load.cjs does not say which build it is of');
  const other = [...build].reverse().join('');
  for (const name of readdirSync(join(project.root, folder))) {
    if (!name.endsWith('.cjs')) continue;
    const path = `${folder}/${name}`;
    project.write(path, project.read(path).replaceAll(build, other));
  }
}
