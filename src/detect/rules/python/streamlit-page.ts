import { type Candidate, defaultPort } from '../../candidate.ts';
import { portNumber } from '../../commands/flags.ts';
import { pythonFramework } from '../../frameworks/python-frameworks.ts';
import { pythonProject, pythonRequirement } from '../../manifests/python-dependencies.ts';
import { pythonRunner } from '../../manifests/python-runner.ts';
import { at, loadToml } from '../../repository/load-data.ts';
import { isInside, joinPath, parentOf } from '../../repository/paths.ts';
import type { RepositoryPlace } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { pythonFiles } from '../../source/python/python-files.ts';
import { readPython } from '../../source/python/read-python.ts';
import { commandLines } from '../command-lines.ts';
import { healthAmong } from '../found-health.ts';
import { propose } from '../propose.ts';
import { fillTemplate } from './start-template.ts';

const USUAL = ['streamlit_app.py', 'app.py', 'main.py', 'Home.py', 'home.py', 'dashboard.py', 'frontend.py', 'ui.py'];

/** Streamlit applications: the file that commands name or the usual one, in each project that requires streamlit. */
export function streamlitPages(repository: Repository): readonly Candidate[] {
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
    const entry = chooseEntry({ repository, directory }, found);
    return entry === undefined ? [] : (pageCandidate({ repository, directory }, entry) ?? []);
  });
}

function chooseEntry({ repository, directory }: RepositoryPlace, files: readonly string[]): string | undefined {
  for (const { text, cwd } of commandLines(repository, directory)) {
    const named = /streamlit\s+run\s+(\S+\.py)/.exec(text)?.[1];
    const found =
      named === undefined
        ? undefined
        : files.find((file) => file === joinPath(cwd, named) || file.endsWith(`/${named}`) || file === named);
    if (found !== undefined) return found;
  }
  const usual = USUAL.flatMap((name) => files.filter((file) => file === name || file.endsWith(`/${name}`)))[0];
  const [only] = files.length === 1 ? files : [];
  return usual ?? (only !== undefined && !repository.has(joinPath(parentOf(only), '__init__.py')) ? only : undefined);
}

function pageCandidate({ repository, directory }: RepositoryPlace, entry: string): Candidate | undefined {
  const framework = pythonFramework('streamlit');
  const runner = pythonRunner(repository, directory);
  const settings = joinPath(directory, '.streamlit/config.toml');
  const set = portNumber(String(at(loadToml(repository, settings), 'server', 'port') ?? ''));
  const app = { file: entry, line: 1, framework: framework.name, name: '', isFactory: false };
  const commands = fillTemplate({ repository, directory, root: directory, app }, framework);
  if (commands === undefined) return undefined;
  return propose({
    cwd: directory,
    home: isInside(entry, directory) ? directory : parentOf(entry),
    ecosystem: 'python',
    framework: framework.name,
    kind: framework.kind,
    entry,
    command: `${runner.python} -m ${commands.config}`,
    developerCommand: `${runner.prefix}${commands.developer}`,
    port: set === null ? defaultPort(framework.port) : { port: set, source: settings, rank: 3, variable: null },
    health: healthAmong([], framework.health?.path),
    confidence: 0.85,
    evidence: [{ file: entry, line: null, says: 'is a Streamlit page' }],
  });
}
