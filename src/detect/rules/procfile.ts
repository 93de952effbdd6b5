import { type Candidate, NO_PORT, type Rule } from '../candidate.ts';
import { readCommand } from '../commands/read-command.ts';
import { type ProcessLine, processLines } from '../manifests/procfile.ts';
import { isAside } from '../repository/aside.ts';
import { baseName, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';
import { propose } from './propose.ts';

/** The Procfiles for development, in the order of preference; one topology is proposed, never two. */
const NAMES = ['Procfile.dev', 'Procfile.local', 'Procfile.development', 'Procfile'];

/**
 * What the development Procfile of a directory starts. Lines for production (gunicorn, `npm start` of a build) are no
 * launches.
 */
export const procfileRule: Rule = (repository) => {
  const directories = new Set(
    [...repository.files].filter((file) => NAMES.includes(baseName(file)) && !isAside(parentOf(file))).map(parentOf),
  );
  return [...directories].flatMap((directory) => procfileCandidates(repository, directory));
};

function procfileCandidates(repository: Repository, directory: string): readonly Candidate[] {
  const file = NAMES.map((name) => (directory === '.' ? name : `${directory}/${name}`)).find((path) =>
    repository.has(path),
  );
  if (file === undefined) return [];
  const isForDevelopment = baseName(file) !== 'Procfile';
  return processLines(repository, file).flatMap((process) => {
    const line: ProcfileLine = { ...process, cwd: directory, file };
    return isForDevelopment ? developmentProcess(repository, line) : productionProcess(repository, line);
  });
}

interface ProcfileLine extends ProcessLine {
  readonly cwd: string;
  readonly file: string;
}

/** Every line of a Procfile for development is meant: what is no known server runs beside the others. */
function developmentProcess(repository: Repository, line: ProcfileLine): readonly Candidate[] {
  const launches = readCommand(repository, line).filter(
    (launch) => isServing(repository, launch) || launch.role === 'production',
  );
  const found = launches.flatMap((launch) => launchCandidate(repository, launch) ?? []);
  return found.length > 0 ? found.map((candidate) => ({ ...candidate, label: line.label })) : [besides(line)];
}

/** Of a line for production what is run in development too. */
function productionProcess(repository: Repository, line: ProcfileLine): readonly Candidate[] {
  return readCommand(repository, line).flatMap((launch) => {
    const isDjango = isServing(repository, launch) && launch.program?.framework === 'django';
    const candidate = isDjango || launch.role === 'worker' ? launchCandidate(repository, launch) : undefined;
    return candidate === undefined ? [] : [isDjango ? { ...candidate, label: line.label } : candidate];
  });
}

function besides({ text, label, cwd, file, line }: ProcfileLine): Candidate {
  return propose({
    cwd,
    ecosystem: 'other',
    framework: 'process',
    kind: 'worker',
    label,
    entry: text,
    command: text,
    developerCommand: text,
    port: NO_PORT,
    confidence: 0.6,
    evidence: [{ file, line, says: `\`${label}\` is one of its processes` }],
    basis: 'named',
  });
}
