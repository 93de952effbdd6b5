import { type Candidate, portOr } from '../../candidate.ts';
import { PYTHON_FRAMEWORKS, type PythonFramework } from '../../frameworks/python-frameworks.ts';
import { pythonRequirement } from '../../manifests/python-dependencies.ts';
import { pythonRunner } from '../../manifests/python-runner.ts';
import { baseName, parentOf } from '../../repository/paths.ts';
import { placeText } from '../../repository/place.ts';
import type { Repository } from '../../repository/repository.ts';
import { settledPort } from '../../source/config-port.ts';
import { evaluatePython } from '../../source/python/evaluate-python.ts';
import { type PythonExpression, splitName } from '../../source/python/python-expression.ts';
import { pythonFiles } from '../../source/python/python-files.ts';
import { portArgument } from '../../source/python/python-main.ts';
import type { PlacedCall, PythonModule } from '../../source/python/python-module.ts';
import { readPython } from '../../source/python/read-python.ts';
import { portEnvironment, propose } from '../propose.ts';

const ENTRY = /^(main|app|server|serve|run|web|start|wsgi|demo|ui|webui|dashboard)\.py$/;
const CALLS = PYTHON_FRAMEWORKS.flatMap(({ servingCalls = [] }) => servingCalls.map((name) => splitName(name).last));
/** What stands in the text of every file that serves. */
const SERVING = new RegExp(`\\b(?:${CALLS.join('|')})\\s*\\(`);

/** Programs of libraries that serve by themselves when run, under the usual file names; one a directory. */
export function servingScripts(repository: Repository): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const file of pythonFiles(repository)) {
    const mayServe = ENTRY.test(baseName(file)) && SERVING.test(repository.text(file) ?? '');
    const module = mayServe ? readPython(repository, file) : undefined;
    const candidate = module === undefined ? undefined : scriptCandidate(repository, module);
    if (candidate !== undefined && !found.has(candidate.home)) found.set(candidate.home, candidate);
  }
  return [...found.values()];
}

function scriptCandidate(repository: Repository, module: PythonModule): Candidate | undefined {
  const { file } = module;
  const directory = parentOf(file);
  const serving = PYTHON_FRAMEWORKS.flatMap((framework) => {
    const call = servingCall(module, framework);
    return call === undefined || !isRequired(repository, directory, framework) ? [] : [{ framework, call }];
  })[0];
  if (serving === undefined) return undefined;
  const { framework, call } = serving;
  const written = servedPort(call);
  const value = evaluatePython(repository, module, written);
  const port = portOr(settledPort({ repository, directory }, value, placeText(file, call.line)), framework.port);
  const runner = pythonRunner(repository, directory);
  const ownVariable = written === undefined ? framework.portVariable : undefined;
  return propose({
    cwd: directory,
    ecosystem: 'python',
    framework: framework.name,
    kind: framework.kind,
    entry: file,
    command: `${runner.python} ${baseName(file)}`,
    developerCommand: `${runner.prefix}python ${baseName(file)}`,
    port,
    confidence: 0.75,
    evidence: [{ file, line: call.line, says: `serves with ${framework.name}` }],
    env: portEnvironment({ variable: ownVariable ?? port.variable }),
  });
}

/** The call that serves, in a file that imports the framework. */
function servingCall(module: PythonModule, { packages, servingCalls }: PythonFramework): PlacedCall | undefined {
  const isImported = [...module.imports.values()].some(({ module: origin }) =>
    packages.test(origin.split('.')[0] ?? ''),
  );
  if (servingCalls === undefined || !isImported) return undefined;
  return module.calls.find(({ name }) =>
    servingCalls.some((wanted) => name === wanted || name.endsWith(wanted.startsWith('.') ? wanted : `.${wanted}`)),
  );
}

function isRequired(
  repository: Repository,
  directory: string,
  { name, distribution = name }: PythonFramework,
): boolean {
  return distribution === null || pythonRequirement(repository, directory, distribution) !== undefined;
}

/** `port=8000`, `listen(8000)`, `HTTPServer(("", 8000), Handler)`. */
function servedPort(call: PlacedCall): PythonExpression | undefined {
  const [first] = call.arguments;
  if (first?.kind === 'list') return first.items[1];
  return portArgument(call) ?? (call.name.endsWith('.listen') ? first : undefined);
}
