import { type Candidate, defaultPort, NO_PORT, type Rule } from '../candidate.ts';
import { readCommand } from '../commands/read-command.ts';
import { type ProcessLine, processLines } from '../manifests/procfile.ts';
import { isAside } from '../repository/aside.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { bindsSocketFile } from '../source/python/wsgi-config-port.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';
import { type Proposal, propose } from './propose.ts';

/** The Procfiles for development, in the order of preference; one topology is proposed, never two. */
const NAMES = ['Procfile.dev', 'Procfile.local', 'Procfile.development', 'Procfile'];

/** What the Procfile of a directory starts in development. */
export const procfileRule: Rule = (repository) =>
  procfileLines(repository).flatMap((line) =>
    isForDevelopment(line) ? developmentProcess(repository, line) : productionProcess(repository, line),
  );

/** The last resort: what a Procfile for production serves with. */
export const procfileWebRule: Rule = (repository) =>
  procfileLines(repository)
    .filter((line) => line.label === 'web' && !isForDevelopment(line) && !runsBuilt(repository, line))
    .filter(
      (line) =>
        !readCommand(repository, line).some(({ words, cwd: directory }) =>
          bindsSocketFile({ repository, directory }, words),
        ),
    )
    .flatMap((line) => served(repository, line) ?? besides(line, webFacts(line)));

interface ProcfileLine extends ProcessLine {
  readonly cwd: string;
  readonly file: string;
}

function procfileLines(repository: Repository): readonly ProcfileLine[] {
  const directories = new Set(
    [...repository.files].filter((file) => NAMES.includes(baseName(file)) && !isAside(parentOf(file))).map(parentOf),
  );
  return [...directories].flatMap((cwd) => {
    const file = NAMES.map((name) => joinPath(cwd, name)).find((path) => repository.has(path));
    return file === undefined ? [] : processLines(repository, file).map((process) => ({ ...process, cwd, file }));
  });
}

function isForDevelopment({ file }: ProcfileLine): boolean {
  return baseName(file) !== 'Procfile';
}

/** Every line of a Procfile for development is meant: what is no known server runs beside the others. */
function developmentProcess(repository: Repository, line: ProcfileLine): readonly Candidate[] {
  return served(repository, line) ?? [besides(line, WORKER)];
}

/** In a Procfile for production the web process is built first; its other processes are meant as they are. */
function productionProcess(repository: Repository, line: ProcfileLine): readonly Candidate[] {
  if (line.label !== 'web')
    return runsBuilt(repository, line) || servesInProduction(repository, line)
      ? []
      : developmentProcess(repository, line);
  return readCommand(repository, line).flatMap((launch) => {
    const isDjango = isServing(repository, launch) && launch.program?.framework === 'django';
    const candidate = isDjango ? launchCandidate(repository, launch) : undefined;
    return candidate === undefined ? [] : [{ ...candidate, label: line.label }];
  });
}

function servesInProduction(repository: Repository, line: ProcfileLine): boolean {
  return readCommand(repository, line).some(({ role }) => role === 'production');
}

/** The known programs of a line; `undefined`: none is known. */
function served(repository: Repository, line: ProcfileLine): readonly Candidate[] | undefined {
  const launches = readCommand(repository, line).filter(
    (launch) => isServing(repository, launch) || launch.role === 'production',
  );
  const found = launches.flatMap((launch) => launchCandidate(repository, launch) ?? []);
  return found.length === 0 ? undefined : found.map((candidate) => ({ ...candidate, label: line.label }));
}

/** Whether a line names a file that is not there before a build. */
function runsBuilt(repository: Repository, { text, cwd }: ProcfileLine): boolean {
  const paths = text.split(/\s+/).filter((word) => /^(?:\.\/)?[\w.-]+(?:\/[\w.-]+)+$/.test(word));
  return paths.map((path) => joinPath(cwd, path)).some((path) => !repository.existsOnDisk(path));
}

type ProcessFacts = Pick<Proposal, 'kind' | 'port' | 'confidence'>;

const WORKER: ProcessFacts = { kind: 'worker', port: NO_PORT, confidence: 0.6 };

/** What runners of Procfiles give to the first process. Source: foreman(1), `--port`. */
const FIRST_PORT = 5000;

function webFacts({ text }: ProcfileLine): ProcessFacts {
  const port = /\$\{?PORT\b/.test(text) ? defaultPort(FIRST_PORT) : NO_PORT;
  return { kind: 'backend', port, confidence: 0.5 };
}

function besides({ text, label, cwd, file, line }: ProcfileLine, facts: ProcessFacts): Candidate {
  return propose({
    ...facts,
    cwd,
    ecosystem: 'other',
    framework: 'process',
    label,
    entry: text,
    command: text,
    developerCommand: text,
    evidence: [{ file, line, says: `\`${label}\` is one of its processes` }],
    basis: 'named',
  });
}
