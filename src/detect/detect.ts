import { resolve } from 'node:path';
import { assembleServices } from './assemble/assemble-services.ts';
import type { Candidate } from './candidate.ts';
import type { Detection } from './detection.ts';
import { notesOnWatchers } from './notes-on-watchers.ts';
import { openRepository, type Repository } from './repository/repository.ts';
import { composeWholeRule } from './rules/compose-whole.ts';
import { procfileWebRule } from './rules/procfile.ts';
import { RULES } from './rules/rules.ts';
import { writtenCommandRule } from './rules/written-commands.ts';
import { detectSetup } from './setup/detect-setup.ts';

export type { DetectedService, Detection } from './detection.ts';

/**
 * Finds the dev servers of the repository at `root` from its manifests, scripts and sources. Reads only, runs nothing,
 * and
 * never fails: what cannot be read is left out and said in the notes. Services come in the order to start them.
 */
export async function detectServices(root: string): Promise<Detection> {
  const repository = openRepository(resolve(root));
  const found = RULES.flatMap((rule) => rule(repository));
  const candidates = found.some(({ kind }) => kind !== 'database' && kind !== 'worker')
    ? found
    : [...found, ...lastResort(repository)];
  const services = assembleServices(repository, candidates);
  const { setup, migrations, notes: setupNotes } = detectSetup(repository, services);
  const notes = [...repository.notes, ...setupNotes, ...notesOnWatchers(repository)];
  if (repository.isCutShort)
    notes.push('the repository is very large: only the part nearest to its root was looked at.');
  return { services, setup, migrations, notes };
}

/** No rule knows a server here: one that is written down, or what only runs in compose. */
function lastResort(repository: Repository): readonly Candidate[] {
  const rules = [writtenCommandRule, procfileWebRule, composeWholeRule];
  return rules.map((rule) => rule(repository)).find((candidates) => candidates.length > 0) ?? [];
}
