import { makefileTargets } from '../manifests/makefile.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { packageManagerOf, scriptCommand } from '../manifests/package-manager.ts';
import { at, entriesOf, loadYaml } from '../repository/load-data.ts';
import type { Repository } from '../repository/repository.ts';

const FILES = ['bin/setup', 'script/bootstrap', 'script/setup', 'scripts/bootstrap', 'scripts/setup', 'setup.sh'];
const NAMES = ['setup', 'bootstrap'];

/**
 * How the repository itself is set up, where it has a script for that; `undefined`: it has none. Such a script may ask
 * questions, need other rights or start the servers, so it is told of and not run.
 */
export function ownSetupScript(repository: Repository): string | undefined {
  const file = FILES.find((name) => repository.has(name)) ?? FILES.map((name) => `${name}.sh`).find(repository.has);
  if (file !== undefined) return file.includes('/') ? file : `./${file}`;
  const target = makefileTargets(repository, '.').find(({ name }) => NAMES.includes(name));
  if (target !== undefined) return `make ${target.name}`;
  const scripts = readPackageJson(repository, '.')?.scripts ?? {};
  const script = NAMES.find((name) => scripts[name] !== undefined);
  if (script !== undefined) return scriptCommand(packageManagerOf(repository, '.'), script);
  const task = ['Taskfile.yml', 'Taskfile.yaml'].flatMap((name) => entriesOf(at(loadYaml(repository, name), 'tasks')));
  const found = task.find(([name]) => NAMES.includes(name));
  return found === undefined ? undefined : `task ${found[0]}`;
}
