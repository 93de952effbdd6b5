import { type Candidate, defaultPort, type Rule } from '../candidate.ts';
import type { Launch } from '../commands/launch.ts';
import { readCommand } from '../commands/read-command.ts';
import { filesCalled } from '../repository/files-called.ts';
import { lineOf } from '../repository/find-line.ts';
import { asText, at, entriesOf, loadJson } from '../repository/load-data.ts';
import { joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { serverFramework } from '../source/javascript/javascript-listen.ts';
import { ROOT_PAGE } from './found-health.ts';
import { launchCandidate } from './launch-candidate.ts';
import { nodeHealth } from './node-health.ts';
import { isServerEntry, nodePort } from './node-server.ts';
import { portEnvironment, propose } from './propose.ts';

const TASKS = ['dev', 'start', 'serve', 'run', 'watch'];
const DEFAULT_PORT = 8000;

/** Deno projects: the development task of a `deno.json`. */
export const denoRule: Rule = (repository) =>
  filesCalled(repository, /^deno\.jsonc?$/).flatMap((file) => denoCandidate(repository, file) ?? []);

function denoCandidate(repository: Repository, file: string): Candidate | undefined {
  const directory = parentOf(file);
  const data = loadJson(repository, file);
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
    const launch = launches.find(({ role, entry }) => role === 'file' && entry !== null && repository.has(entry));
    const isFresh = usesFresh(data) || usesFresh(importMap(repository, directory, data));
    if (launch?.entry == null || !(isFresh || isServerEntry(repository, launch.entry))) continue;
    return serverOf(repository, { developerCommand, isFresh, launch, entry: launch.entry });
  }
  return undefined;
}

/** The file that `importMap` names. */
function importMap(repository: Repository, directory: string, data: unknown): unknown {
  const file = asText(at(data, 'importMap'));
  return file === undefined ? undefined : loadJson(repository, joinPath(directory, file));
}

function usesFresh(data: unknown): boolean {
  return entriesOf(at(data, 'imports')).some(([name]) => /^(\$fresh|fresh|@fresh\/core)\b/.test(name));
}

interface DenoServer {
  readonly developerCommand: string;
  readonly isFresh: boolean;
  readonly launch: Launch;
  readonly entry: string;
}

function serverOf(repository: Repository, { developerCommand, isFresh, launch, entry }: DenoServer): Candidate {
  const { cwd, file, line } = launch.invocation;
  const found = nodePort(repository, launch, entry);
  return propose({
    cwd,
    ecosystem: 'deno',
    framework: isFresh ? 'fresh' : (serverFramework(repository, entry) ?? 'deno'),
    kind: isFresh ? 'fullstack' : 'backend',
    entry,
    command: developerCommand,
    developerCommand,
    port: found.port === null || found.rank === 1 ? defaultPort(DEFAULT_PORT) : found,
    health: isFresh ? ROOT_PAGE : nodeHealth(repository, entry),
    confidence: 0.85,
    evidence: [{ file, line, says: `\`${developerCommand}\` runs \`${entry}\`` }],
    env: portEnvironment(found),
    basis: 'named',
  });
}
