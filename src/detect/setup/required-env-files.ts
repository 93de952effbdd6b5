import { readPackageJson } from '../manifests/package-json.ts';
import { baseName, joinPath, parentOf, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { isForDevelopment } from '../rules/choose-scripts.ts';
import { envFileTool, type StepDraft } from './step-draft.ts';

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
  const required = new Set(named.map(([, found = '']) => joinPath(above, found || '.env')));
  const missing = [...required].filter((file) => !repository.has(file) && !file.startsWith('..'));
  return missing.map((file): StepDraft => {
    const name = baseName(file);
    const evidence = { file: joinPath(above, 'package.json'), line: null, says: `a script needs ${file} to be there` };
    const made = { run: `touch ${name}`, inputs: [], outputs: [name] };
    return { kind: 'run', directory: parentOf(file), tool: envFileTool(name), ...made, evidence };
  });
}
