import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { type RunFacts, runDraft, type StepDraft } from './step-draft.ts';
import type { Toolchain } from './toolchain.ts';

interface Installer {
  /** The file that marks a project, by its name. */
  readonly marks: RegExp;
  readonly tool: string;
  readonly run: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Where the packages lie in the repository itself, and need no download. */
  readonly vendored?: string;
  /** What a framework that has this file needs as well. */
  readonly besides?: RunFacts & { readonly from: string };
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
    // Every checkout makes its own, and must not change it later.
    besides: {
      from: 'artisan',
      tool: 'key',
      run: "grep -q '^APP_KEY=.' .env || php artisan key:generate",
      inputs: [],
      outputs: [],
      says: 'Laravel encrypts with a key of its own',
    },
  },
  elixir: { marks: /^mix\.exs$/, tool: 'mix', run: 'mix deps.get', inputs: ['mix.lock', 'mix.exs'], outputs: ['deps'] },
  go: {
    marks: /^go\.mod$/,
    tool: 'go',
    run: 'go mod download && go list -e -export ./...',
    inputs: ['go.sum', 'go.mod'],
    outputs: [],
    vendored: 'vendor/modules.txt',
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
    if (mark !== undefined) return installation({ repository, directory: above }, installer, mark);
  }
  return [];
}

function installation(
  place: RepositoryPlace,
  { tool, run, inputs, outputs, vendored, besides }: Installer,
  mark: string,
): readonly StepDraft[] {
  const { repository, directory } = place;
  if (vendored !== undefined && repository.existsOnDisk(joinPath(directory, vendored))) return [];
  const says = `${tool} installs the packages`;
  const steps = [runDraft(place, { tool, run, inputs: [...new Set([...inputs, mark])], outputs, says })];
  const needsMore = besides !== undefined && repository.has(joinPath(directory, besides.from));
  return needsMore ? [...steps, runDraft(place, besides)] : steps;
}
