import { type Candidate, defaultPort } from '../candidate.ts';
import { pythonRequirement } from '../manifests/python-dependencies.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { baseName, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { settledPort } from '../source/config-port.ts';
import { evaluatePython, keywordArgument } from '../source/python/evaluate-python.ts';
import { pythonFiles } from '../source/python/python-apps.ts';
import { type PythonModule, readPython } from '../source/python/read-python.ts';

/** A library whose programs serve when the file is run. */
interface ServingLibrary {
  readonly module: string;
  /** What the serving call looks like. */
  readonly call: RegExp;
  readonly port: number;
  readonly kind: Candidate['kind'];
}

const LIBRARIES: readonly ServingLibrary[] = [
  { module: 'gradio', call: /\.launch\(/, port: 7860, kind: 'frontend' },
  { module: 'nicegui', call: /\bui\.run\(/, port: 8080, kind: 'frontend' },
  { module: 'aiohttp', call: /\bweb\.run_app\(/, port: 8080, kind: 'backend' },
  { module: 'tornado', call: /\.listen\(/, port: 8888, kind: 'backend' },
  { module: 'cherrypy', call: /\bcherrypy\.quickstart\(/, port: 8080, kind: 'backend' },
];
const ENTRY = /^(main|app|server|run|web|start|demo|ui|webui|dashboard)\.py$/;

/** Programs of libraries that serve by themselves when run, under the usual file names; one a directory. */
export function pythonScriptCandidates(repository: Repository): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const file of pythonFiles(repository)) {
    const module = ENTRY.test(baseName(file)) ? readPython(repository, file) : undefined;
    const candidate = module === undefined ? undefined : scriptCandidate(repository, file, module);
    if (candidate !== undefined && !found.has(candidate.home)) found.set(candidate.home, candidate);
  }
  return [...found.values()];
}

function scriptCandidate(repository: Repository, file: string, module: PythonModule): Candidate | undefined {
  const origins = new Set([...module.imports.values()].map(({ module: origin }) => origin.split('.')[0]));
  const library = LIBRARIES.find(
    (row) => origins.has(row.module) && module.lines.some(({ text }) => row.call.test(text)),
  );
  const directory = parentOf(file);
  if (library === undefined || pythonRequirement(repository, directory, library.module) === undefined) return undefined;
  const line = module.lines.find(({ text }) => library.call.test(text));
  const call = line?.text.slice(line.text.search(library.call)) ?? '';
  const positional = library.module === 'tornado' ? /listen\(\s*(\d+)/.exec(call)?.[1] : undefined;
  const written = keywordArgument(call, 'port') ?? keywordArgument(call, 'server_port') ?? positional;
  const value = written === undefined ? { literal: null, variable: null } : evaluatePython(repository, module, written);
  const stated = settledPort(repository, directory, value, `${file}:${line?.line ?? 1}`);
  const port = stated.port === null ? { ...defaultPort(library.port), variable: stated.variable } : stated;
  const runner = pythonRunner(repository, directory);
  return {
    cwd: directory,
    home: directory,
    ecosystem: 'python',
    framework: library.module,
    kind: library.kind,
    label: null,
    entry: file,
    command: `${runner.python} ${baseName(file)}`,
    developerCommand: `${runner.prefix}python ${baseName(file)}`,
    port: port.port,
    portSource: port.source,
    portRank: port.rank,
    health: null,
    healthSource: null,
    confidence: 0.75,
    evidence: [{ file, line: line?.line ?? null, says: `serves with ${library.module}` }],
    env: environmentFor(library, written, port.variable),
    alternatives: [],
    basis: 'inferred',
  };
}

/** Gradio reads a variable of its own when the call names no port. */
function environmentFor(
  library: ServingLibrary,
  written: string | undefined,
  variable: string | null,
): Record<string, string> {
  if (library.module === 'gradio' && written === undefined) return { GRADIO_SERVER_PORT: '$PORT' };
  return variable !== null && variable !== 'PORT' ? { [variable]: '$PORT' } : {};
}
