import type { Rule } from '../candidate.ts';
import { readCommand } from '../commands/read-command.ts';
import { makefileIn, makefileTargets } from '../manifests/makefile.ts';
import type { Repository } from '../repository/repository.ts';
import { documentedCommands } from '../source/readme-commands.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';

const TARGETS = /^(dev|run|serve|start|server|watch|run-?dev|dev-?server|develop|run-?server|start-?dev)$/;
const CONFIDENCE = 0.4;

/** The last resort: what the Makefile's usual targets and the documents start, where nothing else said anything. */
export const writtenCommandRule: Rule = (repository) => {
  const lines = [...makeLines(repository), ...documentedCommands(repository, '.')];
  return lines.flatMap((line) =>
    readCommand(repository, line)
      .filter((launch) => launch.role === 'server' && isServing(repository, launch))
      // Documents show how to preview the documentation too.
      .filter((launch) => launch.program?.kind !== 'tool' || 'label' in line)
      .flatMap((launch) => launchCandidate(repository, launch) ?? [])
      .map((candidate) => ({ ...candidate, basis: 'fallback' as const, confidence: CONFIDENCE })),
  );
};

function makeLines(
  repository: Repository,
): readonly { text: string; cwd: string; file: string; line: number; label: string }[] {
  const file = makefileIn(repository, '.');
  if (file === undefined) return [];
  return makefileTargets(repository, '.')
    .filter(({ name }) => TARGETS.test(name))
    .map(({ name, line }) => ({ text: `make ${name}`, cwd: '.', file, line, label: name }));
}
