import { readPackageJson } from '../manifests/package-json.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import type { StepDraft } from './step-draft.ts';

/** Programs that refuse to start without the env file that they are given; the first group is the file. */
const REQUIRING = [
  /\bnode\b[^&|;]*?\s--env-file[= ]([\w./-]+)/,
  /\bnode-env-run\b(?![^&|;]*\s(?:-E|--env)\b)()/,
  /\bnode-env-run\b[^&|;]*\s(?:-E|--env)[= ]([\w./-]+)/,
  /\benv-cmd\b[^&|;]*\s(?:-f|--file)[= ]([\w./-]+)/,
];

/** An empty env file, where scripts of the package need one that neither the repository nor an example has. */
export function requiredEnvFile(repository: Repository, directory: string): readonly StepDraft[] {
  const above = upwardsFrom(directory).find((folder) => readPackageJson(repository, folder) !== undefined);
  if (above === undefined) return [];
  const scripts = Object.values(readPackageJson(repository, above)?.scripts ?? {});
  const required = scripts.flatMap((text) =>
    REQUIRING.flatMap((pattern) => {
      const found = pattern.exec(text)?.[1];
      return found === undefined ? [] : [joinPath('.', found || '.env')];
    }),
  );
  const file = required.find((name) => !repository.has(joinPath(above, name)) && !name.startsWith('..'));
  if (file === undefined) return [];
  const evidence = { file: joinPath(above, 'package.json'), line: null, says: `a script needs ${file} to be there` };
  return [
    { kind: 'run', directory: above, tool: 'env-file', run: `touch ${file}`, inputs: [], outputs: [file], evidence },
  ];
}
