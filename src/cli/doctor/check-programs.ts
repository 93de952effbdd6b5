import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { quoteWord } from '../../base/quote-word.ts';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { serviceEnvironment } from '../../plan/environment.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { resolveCommand } from '../../plan/resolve-command.ts';
import { findProgram } from '../../platform/find-program.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { upwards } from '../../platform/upwards.ts';
import { nodeInstallation } from '../../runtime/errors/install-command.ts';
import { missingPackages } from '../../runtime/errors/missing-packages.ts';
import { isSetUp } from '../../runtime/setup/is-set-up.ts';
import { checkPython } from './check-python.ts';
import { type DoctorFacts, requestFor } from './doctor-facts.ts';
import { error, type Fact, type Finding, type ProgramFact, warning } from './finding.ts';
import { readPackage, scriptCalled, statOf } from './package-files.ts';

const PACKAGE_RUNNERS = ['npm', 'npx', 'pnpm', 'yarn', 'bun', 'bunx'];

/** What a step that is still to be done will bring. */
const COMES_WITH_SETUP: ReadonlySet<Fact['code']> = new Set([
  ...(['venv-missing', 'program-missing', 'packages-missing', 'package-missing', 'modules-missing'] as const),
]);

/** What decides whether a service's command finds what it needs. */
export interface CommandSubject {
  /** Absolute. */
  readonly root: string;
  readonly plan: Pick<Plan, 'setup'>;
  environmentOf(service: ServicePlan): CommandEnvironment;
}

/** Whether the commands of the services find what they need: their folder, program, packages, environment. */
export function checkPrograms(facts: DoctorFacts): readonly Finding[] {
  const { root, plan, environment } = facts.checkout;
  // Linux tells by itself who has a port; Windows by a tool that every one has.
  const tools = [
    ...(existsSync(join(root, '.devgen/devgen.mk')) ? (['make'] as const) : []),
    ...(process.platform === 'darwin' ? (['lsof'] as const) : []),
  ];
  const environmentOf = (service: ServicePlan) => serviceEnvironment(requestFor(service, facts));
  const missing = tools.filter((tool) => findProgram(tool, root, environment.PATH).kind === 'missing');
  return [
    ...checkCommands(facts.services, { root, plan, environmentOf }),
    ...missing.map((tool) => warning({ code: 'tool-missing', tool })),
  ];
}

/** What the services' commands need and do not find, but for what a step of the setup brings. */
export function checkCommands(services: readonly ServicePlan[], subject: CommandSubject): readonly Finding[] {
  const waits = !isSetUp(subject.root, subject.plan.setup);
  const findings = services.flatMap((service) => checkService(service, subject));
  return findings.filter(({ fact }) => !(waits && COMES_WITH_SETUP.has(fact.code)));
}

interface Place {
  readonly root: string;
  readonly cwd: string;
  readonly path: string | undefined;
  readonly service: string;
}

function checkService(plan: ServicePlan, { root, environmentOf }: CommandSubject): readonly Finding[] {
  const service = plan.name;
  const cwd = join(root, plan.cwd);
  if (!statOf(cwd)?.isDirectory()) {
    return [error({ code: 'failure', service, failure: { reason: 'cwd-missing', cwd } }, { service, file: plan.cwd })];
  }
  const variables = environmentOf(plan);
  const place = { root, cwd, path: variables.exported.PATH, service };
  // What runs a container is one of several programs.
  const command = plan.runs.kind === 'process' ? plan.command : '';
  return [plan.before ?? '', command]
    .flatMap((command) => checkCommand(command, programOf(command, variables), place))
    .map((fact) => (fact.code === 'node-old' ? warning : error)(fact, { service }));
}

/** The first program that a command line runs; empty: only a shell could tell. */
export function programOf(commandLine: string, variables: CommandEnvironment): string {
  const { command: resolved } = resolveCommand(commandLine, variables);
  if (resolved.kind === 'direct') return resolved.file;
  const first = /^(?:[A-Za-z_]\w*=[\w./:-]*\s+)*([\w./-]+)(?=\s|$)/.exec(resolved.text)?.[1] ?? '';
  // A path is no builtin of any shell; of names only those are sure that stand for nothing else.
  return first.includes('/') || PACKAGE_RUNNERS.includes(first) ? first : '';
}

function checkCommand(command: string, program: string, place: Place): readonly ProgramFact[] {
  if (program === '') return [];
  const { root, cwd, path, service } = place;
  const { kind, file } = findProgram(program, cwd, path);
  if (kind === 'not-executable') return [{ code: kind, file: relative(root, file) }];
  if (kind === 'found') {
    if (PACKAGE_RUNNERS.includes(basename(program))) return checkPackage(command, program, place);
    return [...(isOfNode(file) ? packagesOf(place) : []), ...checkPython(command, file, place)];
  }
  const environment = /^(.*\bv?env[^/]*)\/bin\/[^/]+$/.exec(program)?.[1];
  if (environment !== undefined) {
    return [{ code: 'venv-missing', program, make: makeEnvironment(relative(root, join(cwd, environment)), root) }];
  }
  const missing = !program.includes('/') || program.includes('node_modules/') ? packagesOf(place) : [];
  if (missing.length > 0) return missing;
  const places = ['.venv/bin', 'venv/bin', 'node_modules/.bin'].map((folder) => `${folder}/${program}`);
  const instead = places.find((each) => existsSync(join(cwd, each))) ?? null;
  return [{ code: 'program-missing', program, service, instead }];
}

function isOfNode(file: string): boolean {
  return file.includes('/node_modules/') || /\/(node|nodemon|tsx|ts-node)$/.test(file);
}

/** What makes a virtual environment, with what its project says it needs. */
function makeEnvironment(folder: string, root: string): string {
  const home = dirname(folder);
  const has = (name: string) => existsSync(join(root, home, name));
  if (has('uv.lock')) return `(cd ${quoteWord(home)} && uv sync)`;
  const needs = has('requirements.txt') ? `-r ${quoteWord(join(home, 'requirements.txt'))}` : `-e ${quoteWord(home)}`;
  const install = ` && ${quoteWord(join(folder, 'bin/pip'))} install ${needs}`;
  const isTold = has('requirements.txt') || has('pyproject.toml');
  return `python3 -m venv ${quoteWord(folder)}${isTold ? install : ''}`;
}

function checkPackage(command: string, program: string, place: Place): readonly ProgramFact[] {
  const { root, cwd } = place;
  const script = scriptCalled(command);
  const own = readPackage(cwd);
  if (own === undefined) {
    // Package runners take the nearest package above; without a script they may bring their own.
    const isFine = script === null || upwards(cwd, root).some((above) => existsSync(join(above, 'package.json')));
    return isFine ? [] : [{ code: 'package-missing', folder: relative(root, cwd) || '.', program }];
  }
  const file = relative(root, join(cwd, 'package.json'));
  const known = Object.keys(own.scripts);
  // Yarn and Bun run programs of packages by the same words; npm has a start of its own.
  const isKnown = script === null || known.includes(script) || /yarn|bun/.test(program) || script === 'start';
  const { node: actual } = process.versions;
  // Only of the very Node that we run on is the version known.
  const isOurs = statOf(findProgram('node', cwd, place.path).file)?.ino === statOf(process.execPath)?.ino;
  return [
    ...(isKnown ? [] : [{ code: 'script-missing', script, file, known } as const]),
    ...packagesOf(place),
    ...(isOurs && isOlder(actual, own.node) ? [{ code: 'node-old', wanted: own.node, actual, file } as const] : []),
  ];
}

/** Those of the folder's own `package.json` that are not installed. */
function packagesOf({ root, cwd }: Place): readonly ProgramFact[] {
  const search = { folder: cwd, root, exists: existsSync, read: readTextIfThere };
  const packages = missingPackages(search);
  if (packages.length === 0) return [];
  const { folder, command: install } = nodeInstallation(search);
  return [
    {
      code: 'packages-missing',
      packages,
      of: relative(root, cwd) || '.',
      folder: relative(root, folder) || '.',
      install,
    },
  ];
}

/** Whether a version is below a range; of ranges only a plain lower bound is understood. */
export function isOlder(version: string, range: string): boolean {
  const bound = /^\s*(?:>=|\^|~)\s*v?(\d+(?:\.\d+){0,2})\s*$/.exec(range)?.[1];
  return bound !== undefined && version.localeCompare(bound, 'en', { numeric: true }) < 0;
}
