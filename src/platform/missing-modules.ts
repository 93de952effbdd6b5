import { runTool } from './run-tool.ts';

export interface ModuleQuery {
  /** The file of the interpreter. */
  readonly python: string;
  /** Where the command runs: its modules and manifests count. */
  readonly folder: string;
  /** That is run with `-m`; empty: none. */
  readonly module: string;
}

/**
 * The module that a Python is to run and the distributions that `requirements.txt` and `pyproject.toml` name, as far
 * as this very Python does not have them. It is asked itself, at the price of its start (30 to 80 ms); empty when it
 * does not answer.
 */
export function missingModules({ python, folder, module }: ModuleQuery): readonly string[] {
  return runTool(python, ['-c', SCRIPT, folder, module])
    .split('\n')
    .filter((name) => name !== '');
}

/** What has a marker may be for another system, what has an address has any name. */
const SCRIPT = `
import importlib.metadata, importlib.util, re, sys
folder, module = sys.argv[1:]
sys.path.insert(0, folder)
needs = []
try: needs += open(folder + '/requirements.txt', encoding='utf-8')
except (OSError, ValueError): pass
try:
    import tomllib
    needs += tomllib.load(open(folder + '/pyproject.toml', 'rb')).get('project', {}).get('dependencies', [])
except (ImportError, OSError, ValueError): pass
missing = []
if module and importlib.util.find_spec(module.split('.')[0]) is None: missing.append(module)
for need in needs:
    name = re.match('[A-Za-z0-9][A-Za-z0-9._-]*', need)
    if name is None or re.search('[;@]|://', need): continue
    try: importlib.metadata.distribution(name[0])
    except importlib.metadata.PackageNotFoundError: missing.append(name[0])
print('\\n'.join(dict.fromkeys(missing)))
`;
