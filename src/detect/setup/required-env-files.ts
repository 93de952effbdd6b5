import { readPackageJson } from '../manifests/package-json.ts';
import { baseName, joinPath, parentOf, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { isForDevelopment } from '../rules/choose-scripts.ts';
import { envFileTool, type RunDraft, type StepDraft } from './step-draft.ts';

/** Options of programs that refuse to start without the env file that they are given; the first group is the file. */
const REQUIRING = [
  /(?<=\b(?:node|nodemon|tsx)\b[^&|;]*\s)--env-file[= ]([\w./-]+)/g,
  /\bnode-env-run\b(?![^&|;]*\s(?:-E|--env)\b)()/g,
  /\bnode-env-run\b[^&|;]*\s(?:-E|--env)[= ]([\w./-]+)/g,
  /\benv-cmd\b[^&|;]*\s(?:-f|--file)[= ]([\w./-]+)/g,
];

/** Empty env files, where scripts for development need them and the repository has none. */
export function requiredEnvFiles(repository: Repository, directory: string): readonly StepDraft[] {
  const above = upwardsFrom(directory).find((folder) => readPackageJson(repository, folder) !== undefined);
  if (above === undefined) return [];
  const scripts = Object.entries(readPackageJson(repository, above)?.scripts ?? {});
  const texts = scripts.flatMap(([name, text]) => (isForDevelopment(name) ? [text] : []));
  const named = texts.flatMap((text) => REQUIRING.flatMap((pattern) => [...text.matchAll(pattern)]));
  const within = named.flatMap(([, found = '']) => (found.startsWith('/') ? [] : [found || '.env']));
  const required = new Set(within.map((file) => joinPath(above, file)));
  const missing = [...required].filter((file) => !repository.has(file) && !file.startsWith('..'));
  return missing.map((file): StepDraft => {
    const name = baseName(file);
    const evidence = { file: joinPath(above, 'package.json'), line: null, says: `a script needs ${file} to be there` };
    return { kind: 'run', ...makingOf(repository, file), tool: envFileTool(name), inputs: [], evidence };
  });
}

/** A command runs in a folder that is there, and makes the ones that are not. */
function makingOf(repository: Repository, file: string): Pick<RunDraft, 'directory' | 'run' | 'outputs'> {
  const folder = parentOf(file);
  const directory = upwardsFrom(folder).find((each) => repository.directories.includes(each)) ?? '.';
  const name = relativePath(directory, file);
  const touch = `touch ${name}`;
  return { directory, run: directory === folder ? touch : `mkdir -p ${parentOf(name)} && ${touch}`, outputs: [name] };
}
