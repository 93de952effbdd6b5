import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { exampleOf } from '../source/env-example.ts';
import { documentedCommands } from '../source/readme-commands.ts';
import { envFileTool, type StepDraft } from './step-draft.ts';

/** Files that programs read at a start; others are for tests and deployment. */
const READ_FROM: ReadonlySet<string> = new Set(['.env', '.env.local', '.env.development', '.env.development.local']);

/** The env files that a service in a folder reads and every developer makes from an example; the root's first. */
export function envCopies(repository: Repository, directory: string): readonly StepDraft[] {
  return [...upwardsFrom(directory)].reverse().flatMap((above) => {
    const taken = new Set<string>();
    const named = repository.filesIn(above).map((from) => ({ from, to: exampleOf(from) }));
    return [...documentedCopies(repository, above), ...named].flatMap(({ from, to }): readonly StepDraft[] => {
      if (to === undefined || taken.has(to) || !READ_FROM.has(to)) return [];
      taken.add(to);
      const evidence = { file: joinPath(above, from), line: null, says: `is the example of ${to}` };
      return [{ kind: 'copy', directory: above, tool: envFileTool(to), from, to, evidence }];
    });
  });
}

interface EnvCopy {
  readonly from: string;
  readonly to: string | undefined;
}

/** What the documents have developers copy, whatever it is called: `cp env-example-relational .env`. */
function documentedCopies(repository: Repository, directory: string): readonly EnvCopy[] {
  return documentedCommands(repository, directory).flatMap(({ text }) => {
    const [, from = '', to = ''] = /^cp (?:-\w+ )?(?:\.\/)?([\w.-]+) (?:\.\/)?([\w.-]+)$/.exec(text) ?? [];
    return READ_FROM.has(to) && repository.has(joinPath(directory, from)) ? [{ from, to }] : [];
  });
}
