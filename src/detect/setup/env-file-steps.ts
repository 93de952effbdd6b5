import type { Repository } from '../repository/repository.ts';
import { envCopies } from './env-copies.ts';
import { requiredEnvFile } from './required-env-file.ts';
import type { StepDraft } from './step-draft.ts';

/** The env files of code in a folder: copied from their examples, else empty where nothing starts without one. */
export function envFileSteps(repository: Repository, directory: string): readonly StepDraft[] {
  const copies = envCopies(repository, directory);
  const isCopied = ({ directory: place, ...draft }: StepDraft): boolean =>
    draft.kind === 'run' &&
    copies.some((copy) => copy.kind === 'copy' && copy.directory === place && draft.outputs.includes(copy.to));
  return [...copies, ...requiredEnvFile(repository, directory).filter((draft) => !isCopied(draft))];
}
