import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { present, type StepDraft } from './step-draft.ts';
import type { Toolchain } from './toolchain.ts';

interface Installer {
  /** The file that marks a project, by its name. */
  readonly marks: RegExp;
  readonly tool: string;
  readonly run: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * What package managers do that have one way only. Languages that compile do that here as well: the first time takes
 * minutes, and a server has less to become ready.
 */
const INSTALLERS: Readonly<Partial<Record<Toolchain, Installer>>> = {
  ruby: {
    marks: /^Gemfile$/,
    tool: 'bundler',
    run: 'bundle install',
    inputs: ['Gemfile.lock', 'Gemfile'],
    outputs: [],
  },
  php: {
    marks: /^composer\.json$/,
    tool: 'composer',
    run: 'composer install',
    inputs: ['composer.lock', 'composer.json'],
    outputs: ['vendor'],
  },
  elixir: { marks: /^mix\.exs$/, tool: 'mix', run: 'mix deps.get', inputs: ['mix.lock', 'mix.exs'], outputs: ['deps'] },
  go: {
    marks: /^go\.mod$/,
    tool: 'go',
    run: 'go mod download && go list -e -export ./...',
    inputs: ['go.sum', 'go.mod'],
    outputs: [],
  },
  rust: {
    marks: /^Cargo\.toml$/,
    tool: 'cargo',
    run: 'cargo build',
    inputs: ['Cargo.lock', 'Cargo.toml'],
    outputs: [],
  },
  dotnet: { marks: /\.(cs|fs|vb)proj$/, tool: 'dotnet', run: 'dotnet build', inputs: [], outputs: ['obj'] },
};

/** The installation of the packages that code in a folder uses, where its package manager has a step for that. */
export function otherPackages(repository: Repository, directory: string, toolchain: Toolchain): readonly StepDraft[] {
  const installer = INSTALLERS[toolchain];
  if (installer === undefined) return [];
  for (const above of upwardsFrom(directory)) {
    const mark = repository.filesIn(above).find((name) => installer.marks.test(name));
    if (mark === undefined) continue;
    // What is vendored needs no download.
    if (toolchain === 'go' && repository.existsOnDisk(joinPath(above, 'vendor/modules.txt'))) return [];
    const { tool, run, outputs } = installer;
    const inputs = [...new Set([...present(repository, above, installer.inputs), mark])];
    const evidence = { file: joinPath(above, inputs[0] ?? mark), line: null, says: `${tool} installs the packages` };
    return [
      { kind: 'run', directory: above, tool, run, inputs, outputs, evidence },
      ...more(repository, above, toolchain),
    ];
  }
  return [];
}

/** Laravel encrypts with a key that every checkout makes for itself, and must not change later. */
function more(repository: Repository, directory: string, toolchain: Toolchain): readonly StepDraft[] {
  const file = joinPath(directory, 'artisan');
  if (toolchain !== 'php' || !repository.has(file)) return [];
  const run = "grep -q '^APP_KEY=.' .env || php artisan key:generate";
  const evidence = { file, line: null, says: 'Laravel needs a key of its own' };
  return [{ kind: 'run', directory, tool: 'key', run, inputs: [], outputs: [], evidence }];
}
