import { type Candidate, defaultPort } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { pythonProject, pythonRequirement } from '../manifests/python-dependencies.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { at, loadToml } from '../repository/load-data.ts';
import { isInside, joinPath, parentOf, relativePath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { pythonFiles } from '../source/python/python-apps.ts';
import { readPython } from '../source/python/read-python.ts';
import { commandLines } from './python-documented.ts';

const USUAL = ['streamlit_app.py', 'app.py', 'main.py', 'Home.py', 'home.py', 'dashboard.py', 'frontend.py', 'ui.py'];

/** Streamlit applications: the file that commands name or the usual one, in each project that requires streamlit. */
export function streamlitCandidates(repository: Repository): readonly Candidate[] {
  const files = pythonFiles(repository).filter(
    (file) =>
      (repository.text(file) ?? '').includes('streamlit') &&
      [...(readPython(repository, file)?.imports.values() ?? [])].some(({ module }) => module === 'streamlit') &&
      !/(^|\/)pages\//.test(file),
  );
  const projects = new Map<string, string[]>();
  for (const file of files) {
    if (pythonRequirement(repository, parentOf(file), 'streamlit') === undefined) continue;
    const directory = pythonProject(repository, parentOf(file))?.directory ?? parentOf(file);
    projects.set(directory, [...(projects.get(directory) ?? []), file]);
  }
  return [...projects].flatMap(([directory, found]) => {
    const entry = chooseEntry(repository, directory, found);
    return entry === undefined ? [] : [streamlitCandidate(repository, directory, entry)];
  });
}

function chooseEntry(repository: Repository, directory: string, files: readonly string[]): string | undefined {
  for (const { text, cwd } of commandLines(repository, directory)) {
    const named = /streamlit\s+run\s+(\S+\.py)/.exec(text)?.[1];
    const found =
      named === undefined
        ? undefined
        : files.find((file) => file === joinPath(cwd, named) || file.endsWith(`/${named}`) || file === named);
    if (found !== undefined) return found;
  }
  return (
    USUAL.flatMap((name) => files.filter((file) => file === name || file.endsWith(`/${name}`)))[0] ??
    (files.length === 1 && files[0] !== undefined && !repository.has(joinPath(parentOf(files[0]), '__init__.py'))
      ? files[0]
      : undefined)
  );
}

function streamlitCandidate(repository: Repository, directory: string, entry: string): Candidate {
  const runner = pythonRunner(repository, directory);
  const settings = joinPath(directory, '.streamlit/config.toml');
  const set = portNumber(String(at(loadToml(repository, settings), 'server', 'port') ?? ''));
  const port = set === null ? defaultPort(8501) : { port: set, source: settings, rank: 3 as const };
  const file = relativePath(directory, entry);
  return {
    cwd: directory,
    home: isInside(entry, directory) ? directory : parentOf(entry),
    ecosystem: 'python',
    framework: 'streamlit',
    kind: 'frontend',
    label: null,
    entry,
    command: `${runner.python} -m streamlit run ${file} --server.port $PORT --server.headless true`,
    developerCommand: `${runner.prefix}streamlit run ${file}`,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    health: '/_stcore/health',
    healthSource: 'framework',
    confidence: 0.85,
    evidence: [{ file: entry, line: null, says: 'is a Streamlit page' }],
    env: {},
    alternatives: [],
    basis: 'inferred',
  };
}
