import { type Candidate, defaultPort, type Rule } from '../candidate.ts';
import type { Launch } from '../commands/launch.ts';
import { readCommand } from '../commands/read-command.ts';
import { isAside } from '../repository/aside.ts';
import { lineOf } from '../repository/find-line.ts';
import { asText, at, entriesOf, loadJson } from '../repository/load-data.ts';
import { baseName, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { serverFramework } from '../source/javascript/javascript-listen.ts';
import { launchCandidate } from './launch-candidate.ts';
import { nodeHealth } from './node-health.ts';
import { isServerEntry, nodePort } from './node-server.ts';

const TASKS = ['dev', 'start', 'serve', 'run', 'watch'];
const DEFAULT_PORT = 8000;

/** Deno projects: the development task of a `deno.json`. */
export const denoRule: Rule = (repository) =>
  [...repository.files]
    .filter((file) => /^deno\.jsonc?$/.test(baseName(file)) && !isAside(parentOf(file)))
    .flatMap((file) => denoCandidate(repository, file) ?? []);

function denoCandidate(repository: Repository, file: string): Candidate | undefined {
  const directory = parentOf(file);
  const data = loadJson(repository, file);
  const imports = entriesOf(at(data, 'imports'))
    .map(([name, target]) => `${name} ${String(target)}`)
    .join('\n');
  for (const name of TASKS) {
    const task = at(data, 'tasks', name);
    const text = asText(task) ?? asText(at(task, 'command'));
    if (text === undefined) continue;
    const line = lineOf(repository, file, `"${name}"`);
    const launches = readCommand(repository, { text, cwd: directory, file, line });
    const program = launches.find((launch) => launch.role === 'server');
    const developerCommand = `deno task ${name}`;
    const found = program === undefined ? undefined : launchCandidate(repository, program);
    if (found !== undefined) return { ...found, cwd: directory, ecosystem: 'deno', developerCommand };
    const launch = launches.find(
      (candidate) => candidate.role === 'file' && candidate.entry !== null && repository.has(candidate.entry),
    );
    const isFresh = /(^|\n)(\$fresh|fresh|@fresh\/core)\b/.test(imports);
    if (launch?.entry == null || !(isFresh || isServerEntry(repository, launch.entry))) continue;
    return serverOf(repository, { directory, file, line, developerCommand, isFresh, launch, entry: launch.entry });
  }
  return undefined;
}

interface DenoServer {
  readonly directory: string;
  readonly file: string;
  readonly line: number | null;
  readonly developerCommand: string;
  readonly isFresh: boolean;
  readonly launch: Launch;
  readonly entry: string;
}

function serverOf(repository: Repository, server: DenoServer): Candidate {
  const { directory, entry, developerCommand, isFresh } = server;
  const found = nodePort(repository, server.launch, entry);
  const port = found.port === null || found.rank === 1 ? defaultPort(DEFAULT_PORT) : found;
  const health = isFresh ? { health: '/', healthSource: 'devserver-root' as const } : nodeHealth(repository, entry);
  return {
    cwd: directory,
    home: directory,
    ecosystem: 'deno',
    framework: isFresh ? 'fresh' : (serverFramework(repository, entry) ?? 'deno'),
    kind: isFresh ? 'fullstack' : 'backend',
    label: null,
    entry,
    command: developerCommand,
    developerCommand,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    ...health,
    confidence: 0.85,
    evidence: [{ file: server.file, line: server.line, says: `\`${developerCommand}\` runs \`${entry}\`` }],
    env: found.variable !== null && found.variable !== 'PORT' ? { [found.variable]: '$PORT' } : {},
    alternatives: [],
    basis: 'named',
  };
}
