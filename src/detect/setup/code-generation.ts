import { type PackageJson, readPackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { missingOutputs } from './missing-outputs.ts';
import { filesThere, runDraft, type StepDraft } from './step-draft.ts';

/** A program that makes code which its project imports. */
interface Generator {
  readonly tool: string;
  readonly call: string;
  /** The first of these that is there says what to make; a pattern is for the names of files. */
  readonly configs: readonly string[];
  /** Where its code goes when the configuration says nothing; absent: into the packages, which no repository holds. */
  readonly output?: string;
}

interface PackageGenerator extends Generator {
  readonly packages: readonly string[];
}

const configNames = (stem: string): readonly string[] =>
  ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yml', 'yaml'].map((extension) => `${stem}.${extension}`);

const OF_PACKAGES: readonly PackageGenerator[] = [
  {
    tool: 'prisma',
    packages: ['prisma', '@prisma/client'],
    call: 'prisma generate',
    configs: ['prisma/schema.prisma', 'schema.prisma', 'src/prisma/schema.prisma'],
  },
  {
    tool: 'graphql-codegen',
    packages: ['@graphql-codegen/cli'],
    call: 'graphql-codegen',
    configs: configNames('codegen'),
    output: '',
  },
  {
    tool: 'panda',
    packages: ['@pandacss/dev'],
    call: 'panda codegen',
    configs: configNames('panda.config'),
    output: 'styled-system',
  },
  {
    tool: 'relay',
    packages: ['relay-compiler'],
    call: 'relay-compiler',
    configs: configNames('relay.config'),
    output: '',
  },
  { tool: 'orval', packages: ['orval'], call: 'orval', configs: configNames('orval.config'), output: '' },
  {
    tool: 'openapi-ts',
    packages: ['@hey-api/openapi-ts'],
    call: 'openapi-ts',
    configs: configNames('openapi-ts.config'),
    output: '',
  },
  { tool: 'kubb', packages: ['@kubb/cli'], call: 'kubb generate', configs: configNames('kubb.config'), output: '' },
];

/** Programs that are installed beside the packages. */
const OF_MACHINE: readonly Generator[] = [
  { tool: 'sqlc', call: 'sqlc generate', configs: configNames('sqlc'), output: '' },
  { tool: 'buf', call: 'buf generate', configs: ['buf.gen.yaml', 'buf.gen.yml'], output: '' },
];

/** The code that the imports of a Node service expect and its repository does not hold. */
export function packageCode(repository: Repository, directory: string): readonly StepDraft[] {
  return OF_PACKAGES.flatMap((generator) => {
    for (const above of upwardsFrom(directory)) {
      const manifest = readPackageJson(repository, above);
      if (manifest === undefined || !generator.packages.some((name) => manifest.dependencies.has(name))) continue;
      if (isDoneBesides(manifest, generator)) return [];
      const run = binaryCommand(packageManagerOf(repository, above), generator.call);
      return draftOf({ repository, directory: above }, generator, run);
    }
    return [];
  });
}

/** The same for programs that package managers of the language do not bring. */
export function machineCode(repository: Repository, directory: string): readonly StepDraft[] {
  return OF_MACHINE.flatMap((generator) => {
    const above = upwardsFrom(directory).find(
      (folder) => filesThere({ repository, directory: folder }, generator.configs).length > 0,
    );
    return above === undefined ? [] : draftOf({ repository, directory: above }, generator, generator.call);
  });
}

/** The installation, or what starts the server, does it already. */
function isDoneBesides({ scripts }: PackageJson, { call }: Generator): boolean {
  const texts = ['postinstall', 'prepare', 'install', 'predev', 'dev', 'prestart'].map((name) => scripts[name] ?? '');
  return call !== 'prisma generate' && texts.some((text) => text.includes(call));
}

function draftOf(place: RepositoryPlace, generator: Generator, run: string): readonly StepDraft[] {
  const [config] = filesThere(place, generator.configs);
  if (config === undefined) return [];
  const file = joinPath(place.directory, config);
  const outputs = generator.output === undefined ? [] : missingOutputs(place, file, generator.output);
  if (outputs === undefined) return [];
  const { tool } = generator;
  return [runDraft(place, { tool, run, inputs: [config], outputs, says: `${tool} makes code from it` })];
}
