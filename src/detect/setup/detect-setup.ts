import type { DetectedService, Detection } from '../detection.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { machineCode, packageCode } from './code-generation.ts';
import { envCopies } from './env-copies.ts';
import { javaClasses } from './java-classes.ts';
import { javascriptPackages } from './javascript-packages.ts';
import { findMigrations } from './migrations.ts';
import { type DraftFor, nameSteps } from './name-steps.ts';
import { otherPackages } from './other-packages.ts';
import { type OwnSetup, ownSetup } from './own-setup.ts';
import { pythonPackages } from './python-packages.ts';
import { requiredEnvFiles } from './required-env-files.ts';
import type { StepDraft } from './step-draft.ts';
import { toolchainOf } from './toolchain.ts';
import { workspaceBuilds } from './workspace-builds.ts';

type Phase = (repository: Repository, service: DetectedService) => readonly StepDraft[];

/** In this order after the packages: what builds needs what is generated. */
const LATER: readonly Phase[] = [
  (repository, service) => (usesJavascript(service) ? packageCode(repository, service.cwd) : []),
  (repository, { cwd }) => machineCode(repository, cwd),
  (repository, service) => (usesJavascript(service) ? workspaceBuilds(repository, service.cwd) : []),
];

/** What lies between a clone and a start of these services, with what the user should know of it. */
export function detectSetup(
  repository: Repository,
  services: readonly DetectedService[],
): Pick<Detection, 'setup' | 'migrations' | 'notes'> {
  const local = services.filter(({ kind }) => kind !== 'database');
  const draftsBy = (phase: Phase): readonly DraftFor[] =>
    local.flatMap((service) => phase(repository, service).map((draft) => ({ draft, service: service.name })));
  const own: OwnSetup = local.length === 0 ? { kind: 'none' } : ownSetup(repository);
  return {
    // What installs may read env files, so these come first: an example before an empty one.
    setup: nameSteps([
      ...draftsBy((_, { cwd }) => envCopies(repository, cwd)),
      ...draftsBy((_, { cwd }) => requiredEnvFiles(repository, cwd)),
      ...withOwnSetup(own, { packages: draftsBy(packagesOf), later: LATER.flatMap(draftsBy) }, local),
    ]),
    migrations: findMigrations(repository, local),
    notes:
      own.kind === 'told' ? [`\`${own.text}\` sets this repository up; \`setup\` has what was found without it.`] : [],
  };
}

interface FoundDrafts {
  readonly packages: readonly DraftFor[];
  readonly later: readonly DraftFor[];
}

/** The repository's own script in place of what it does as well: one that installs nothing comes after the packages. */
function withOwnSetup(
  own: OwnSetup,
  { packages, later }: FoundDrafts,
  services: readonly DetectedService[],
): readonly DraftFor[] {
  const drafts = [...packages, ...later];
  if (own.kind !== 'step' || own.draft.kind !== 'run') return drafts;
  const isReplaced = ({ draft }: DraftFor): boolean => own.replaces(draft);
  const replaced = drafts.filter(isReplaced).flatMap(({ draft }) => (draft.kind === 'run' ? [draft] : []));
  const inRoot = (key: 'inputs' | 'outputs'): readonly string[] =>
    replaced.flatMap((draft) => draft[key].map((path) => joinPath(draft.directory, path)));
  const draft: StepDraft = {
    ...own.draft,
    inputs: [...new Set([...own.draft.inputs, ...inRoot('inputs')])],
    outputs: [...new Set(inRoot('outputs'))],
  };
  const script = services.map(({ name }) => ({ draft, service: name }));
  const isLeft = (each: DraftFor): boolean => !isReplaced(each);
  return packages.every(isLeft)
    ? [...packages, ...script, ...later.filter(isLeft)]
    : [...script, ...drafts.filter(isLeft)];
}

function packagesOf(repository: Repository, service: DetectedService): readonly StepDraft[] {
  const toolchain = toolchainOf(service);
  switch (toolchain) {
    case undefined:
      // A program by its bare name, as scripts of packages have it.
      return javascriptPackages(repository, service.cwd);
    case 'javascript':
      return javascriptPackages(repository, service.cwd);
    case 'python':
      return pythonPackages(repository, service.cwd);
    case 'java':
      return javaClasses(repository, service);
    default:
      return [...otherPackages(repository, service.cwd, toolchain), ...assetPackages(repository, service)];
  }
}

/** What a Phoenix server builds its pages from: its watchers run there. */
function assetPackages(repository: Repository, { framework, cwd }: DetectedService): readonly StepDraft[] {
  const assets = joinPath(cwd, 'assets');
  const has = framework === 'phoenix' && repository.has(joinPath(assets, 'package.json'));
  return has ? javascriptPackages(repository, assets) : [];
}

function usesJavascript(service: DetectedService): boolean {
  return ['javascript', undefined].includes(toolchainOf(service));
}
