import type { DetectedService, Detection } from '../detection.ts';
import type { Repository } from '../repository/repository.ts';
import { codeGeneration } from './code-generation.ts';
import { envCopies } from './env-copies.ts';
import { javascriptPackages } from './javascript-packages.ts';
import { findMigrations } from './migrations.ts';
import { otherPackages } from './other-packages.ts';
import { ownSetupScript } from './own-setup-script.ts';
import { pythonPackages } from './python-packages.ts';
import { nameSteps, type StepDraft } from './step-draft.ts';
import { toolchainOf } from './toolchain.ts';
import { workspaceBuilds } from './workspace-builds.ts';

/** In this order: what installs may read env files, what generates needs packages, what builds needs both. */
const PHASES: readonly ((repository: Repository, service: DetectedService) => readonly StepDraft[])[] = [
  (repository, { cwd }) => envCopies(repository, cwd),
  packagesOf,
  (repository, service) => (usesJavascript(service) ? codeGeneration(repository, service.cwd) : []),
  (repository, service) => (usesJavascript(service) ? workspaceBuilds(repository, service.cwd) : []),
];

/** What lies between a clone and a start of these services, with what the user should know of it. */
export function detectSetup(
  repository: Repository,
  services: readonly DetectedService[],
): Pick<Detection, 'setup' | 'migrations' | 'notes'> {
  const local = services.filter(({ kind }) => kind !== 'database');
  const drafts = PHASES.flatMap((phase) =>
    local.flatMap((service) => phase(repository, service).map((draft) => ({ draft, service: service.name }))),
  );
  return {
    setup: nameSteps(drafts),
    migrations: findMigrations(repository, local),
    notes: notesOn(repository, local),
  };
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
    default:
      return otherPackages(repository, service.cwd, toolchain);
  }
}

function usesJavascript(service: DetectedService): boolean {
  return ['javascript', undefined].includes(toolchainOf(service));
}

function notesOn(repository: Repository, services: readonly DetectedService[]): readonly string[] {
  const byThemselves = services.filter((service) => toolchainOf(service) === 'java').map(({ name }) => `\`${name}\``);
  const script = services.length === 0 ? undefined : ownSetupScript(repository);
  return [
    ...(byThemselves.length === 0
      ? []
      : [`${byThemselves.join(', ')}: Gradle and Maven fetch what they need themselves, at the first start.`]),
    ...(script === undefined
      ? []
      : [`\`${script}\` sets this repository up; \`setup\` has what was found without it.`]),
  ];
}
