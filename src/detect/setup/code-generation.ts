import { readPackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { present, type StepDraft } from './step-draft.ts';

const SCHEMAS = ['prisma/schema.prisma', 'schema.prisma', 'src/prisma/schema.prisma'];

/** The code that a service's imports expect and its repository does not hold: Prisma's client. */
export function codeGeneration(repository: Repository, directory: string): readonly StepDraft[] {
  for (const above of upwardsFrom(directory)) {
    const dependencies = readPackageJson(repository, above)?.dependencies;
    if (dependencies === undefined) continue;
    if (!dependencies.has('prisma') && !dependencies.has('@prisma/client')) continue;
    const [schema] = present(repository, above, SCHEMAS);
    if (schema === undefined) return [];
    const run = binaryCommand(packageManagerOf(repository, above), 'prisma generate');
    const evidence = { file: joinPath(above, schema), line: null, says: 'Prisma makes its client from it' };
    return [{ kind: 'run', directory: above, tool: 'prisma', run, inputs: [schema], outputs: [], evidence }];
  }
  return [];
}
