import { configuredName } from '../../base/instance-name.ts';
import { quoteWord } from '../../base/quote-word.ts';
import type { EnvFilePaths } from '../../config/env-files.ts';
import { variablesAbout } from '../../config/variables-about.ts';
import { serviceEnvironment } from '../../plan/environment.ts';
import { refersTo } from '../../plan/expand.ts';
import { namedVariables } from '../../plan/named-variables.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { resolveVariables } from '../../plan/resolve-variables.ts';
import type { TemplatePart, VariablePart } from '../../plan/template.ts';
import { undefinedVariables } from '../../plan/undefined-variables.ts';
import { type EnvironmentSources, type OpenDefinitions, openDefinitions, variablesIn } from './open-definitions.ts';
import { assignedText } from './shell-text.ts';

export interface ExportedEnvironment {
  /** What is known now. */
  readonly fixed: Readonly<Record<string, string>>;
  /**
   * What the shell that runs the command has to assign, in this order: it refers to what only that shell knows. The
   * values are written for a POSIX shell.
   */
  readonly computed: readonly { readonly name: string; readonly assigned: string }[];
  /** The service's env files, the weakest first. What is in them may be secret, so it stays there. */
  readonly files: readonly EnvFile[];
  /** Variables that neither the project nor an env file defines, but the service refers to. */
  readonly missing: readonly string[];
}

export interface EnvFile {
  /** Relative to the root. */
  readonly path: string;
  /** `optional`: `.env` and `.env.local`, which a checkout may not have. */
  readonly need: 'required' | 'optional';
}

export interface EnvironmentFacts {
  /** With the hosts as this service sees them. */
  readonly plan: Plan;
  readonly ports: ReadonlyMap<string, number | null>;
  readonly files: EnvFilePaths;
}

type Variables = Readonly<Record<string, string>>;

/**
 * What a service's run gets, as far as the project says it, without what is only for a terminal, as colours. From the
 * strongest, as in `serviceEnvironment`: ports, the service's env files, config, the root's env files, hosts and URLs.
 */
export function exportedEnvironment(service: ServicePlan, facts: EnvironmentFacts): ExportedEnvironment {
  const sources = sourcesOf(service, facts);
  const open = openDefinitions(sources);
  const openNames = new Set(open.map(([name]) => name));
  const closed = Object.fromEntries(sources.config.filter(([name]) => !openNames.has(name)));
  const known = resolveVariables({
    shell: {},
    layers: [{ from: 'config', definitions: closed, own: sources.own }],
    fixed: sources.fixed,
    plain: sources.places,
  }).variables;
  const named = namesIn(service, open, 'everything');
  const all = { ...known, ...pick(sources.own, (name) => named.has(name)) };
  const root = facts.plan.dotenv;
  const needsRoot = [...named].some((name) => Object.hasOwn(root, name) && !Object.hasOwn(all, name));
  const loaded = new Set([...Object.keys(service.dotenv), ...(needsRoot ? Object.keys(root) : [])]);
  // What is stronger than an env file is assigned after it is read.
  const contested = Object.entries(pick(all, (name) => loaded.has(name)));
  const isThere = new Set([...Object.keys(all), ...loaded, ...openNames, ...EVERYWHERE]);
  return {
    fixed: pick(all, (name) => !loaded.has(name)),
    computed: [
      ...contested.map(([name, value]) => ({ name, assigned: quoteWord(value) })),
      ...open.map(([name, template]) => ({ name, assigned: assignedText(template) })),
    ],
    files: envFilesOf(service, facts.files, needsRoot ? 'needed' : 'not-needed'),
    missing: [...namesIn(service, open, 'what-must-be-set')].filter((name) => !isThere.has(name)).sort(),
  };
}

function sourcesOf(service: ServicePlan, { plan, ports }: EnvironmentFacts): EnvironmentSources {
  const bare = { ...service, dotenv: {}, env: {} };
  const request = { plan: { ...plan, dotenv: {} }, root: '', ports, shellEnvironment: {}, runId: null };
  const { exported, named } = serviceEnvironment({ ...request, service: bare });
  const wiring = plan.services.flatMap(({ name }) => variablesAbout(name));
  const portNames = new Set(['PORT', ...wiring.filter((name) => name.endsWith('_PORT'))]);
  const placeNames = new Set(wiring);
  const isElsewhere = (name: string) =>
    [service.dotenv, plan.dotenv, service.env].some((each) => Object.hasOwn(each, name));
  const fixed = pick(exported, (name) => portNames.has(name) || (name === 'PYTHONUNBUFFERED' && !isElsewhere(name)));
  return {
    fixed,
    own: named,
    config: Object.entries(service.env).filter(([name, text]) => {
      if (Object.hasOwn(fixed, name)) return false;
      return !Object.hasOwn(service.dotenv, name) || (refersTo(text, name) && !Object.hasOwn(named, name));
    }),
    inFiles: new Set([...Object.keys(service.dotenv), ...Object.keys(plan.dotenv)]),
    places: pick(exported, (name) => placeNames.has(name) && !portNames.has(name) && !isElsewhere(name)),
  };
}

function pick(variables: Variables, isWanted: (name: string) => boolean): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => isWanted(name)));
}

/** A service's own files win over the root's, which a checkout may not have. */
function envFilesOf(
  { name }: ServicePlan,
  { root, services }: EnvFilePaths,
  needForRoot: 'needed' | 'not-needed',
): readonly EnvFile[] {
  const own = services[configuredName(name)] ?? [];
  const ofRoot = needForRoot === 'needed' ? root.filter((path) => !own.includes(path)) : [];
  return [
    ...ofRoot.map((path) => ({ path, need: 'optional' }) as const),
    ...own.map((path) => ({ path, need: 'required' }) as const),
  ];
}

/** Every login has these. */
const EVERYWHERE = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TMPDIR'];

/** What its commands and open definitions refer to, `everything`, or only what has no default. */
function namesIn(
  service: ServicePlan,
  open: OpenDefinitions,
  what: 'everything' | 'what-must-be-set',
): ReadonlySet<string> {
  const { command, before, health } = service;
  const probe = health.probe.kind === 'command' ? health.probe.command : '';
  const inCommands = [command, before ?? '', probe].flatMap((text) =>
    what === 'everything' ? [...namedVariables(text)] : undefinedVariables(text, {}),
  );
  const inDefinitions = open.flatMap(([, template]) =>
    what === 'everything' ? variablesIn(template) : template.flatMap((part) => (isRequired(part) ? [part.name] : [])),
  );
  return new Set([...inCommands, ...inDefinitions]);
}

function isRequired(part: TemplatePart): part is VariablePart {
  return part.kind === 'variable' && part.otherwise === null;
}
