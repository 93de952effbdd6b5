import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, repository } from './project.ts';

const installed = join(repository, 'node_modules/nodemon');

export const hasNodemon = existsSync(installed);

/** Puts this repository's nodemon into the project, as an installation would. */
export function linkNodemon(project: Project): void {
  const modules = join(project.root, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  symlinkSync(installed, join(modules, 'nodemon'));
  symlinkSync('../nodemon/bin/nodemon.js', join(modules, '.bin/nodemon'));
}
