import type { Candidate, Rule } from '../candidate.ts';
import type { Launch } from '../commands/launch.ts';
import { type CommandLine, readCommand } from '../commands/read-command.ts';
import { tasksIn } from '../manifests/tasks.ts';
import type { Repository } from '../repository/repository.ts';
import { documentedCommands } from '../source/readme-commands.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';

const TARGETS = /^(dev|run|serve|start|server|watch|run-?dev|dev-?server|develop|run-?server|start-?dev)$/;
/** A task is there to be run; a document may show anything. */
const TASK_CONFIDENCE = 0.6;
const DOCUMENT_CONFIDENCE = 0.4;

/** The last resort: what the usual tasks and the documents start, where nothing else said anything. */
export const writtenCommandRule: Rule = (repository) => [
  ...taskLines(repository).flatMap((line) => started(repository, line, TASK_CONFIDENCE)),
  ...documentedCommands(repository, '.')
    // A single word in a text is a name more often than a command.
    .filter(({ text }) => text.includes(' '))
    .flatMap((line) => started(repository, line, DOCUMENT_CONFIDENCE))
    // Documents show how to preview the documentation too.
    .filter(({ kind }) => kind !== 'tool'),
];

function started(repository: Repository, line: CommandLine, confidence: number): readonly Candidate[] {
  return readCommand(repository, line)
    .filter((launch) => isMeant(repository, launch))
    .flatMap((launch) => launchCandidate(repository, launch) ?? [])
    .map((candidate) => ({ ...candidate, basis: 'fallback' as const, confidence }));
}

/** A server of applications is meant for development where nothing else is; pages that were built are not. */
function isMeant(repository: Repository, launch: Launch): boolean {
  if (launch.role === 'production') return launch.ecosystem !== 'javascript';
  return (launch.role === 'server' || launch.role === 'file') && isServing(repository, launch);
}

function taskLines(repository: Repository): readonly CommandLine[] {
  return tasksIn({ repository, directory: '.' })
    .filter(({ name }) => TARGETS.test(name))
    .map(({ name, text, file, line }) => ({ text, cwd: '.', file, line, label: name }));
}
