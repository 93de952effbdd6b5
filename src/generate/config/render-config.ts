import type { EmitOptions } from '../../manifest/emitted-files.ts';
import { USUAL_LAUNCHER } from '../../manifest/launcher.ts';
import type { ConfigProposal, ProposedMigration, ProposedService } from './config-proposal.ts';
import { renderSetup } from './render-setup.ts';
import { renderServiceComment } from './service-comment.ts';
import { commentText, flow, scalar } from './yaml-words.ts';

export interface ConfigNames {
  readonly project: string;
  /** Prefix of the shell aliases. */
  readonly aliases: string;
  /** What the launcher is called. */
  readonly launcher: string;
  /** What is to be generated other than usual. */
  readonly emit: EmitOptions;
}

/** Where the proposed config is written. */
export const CONFIG_PATH = 'devgen.config.yaml';

const header = (program: string): string => `# yaml-language-server: $schema=.devgen/schema.json
# What ${program} starts. This file is yours: devgen wrote it once and never overwrites it.
# Commands and env see PORT, HOST and URL of their own service, and NAME_PORT, NAME_HOST and NAME_URL of every service.
`;

const EXAMPLE = `services: {}
# services:
#   backend:
#     command: npm run dev -- --port $PORT
#     port: 3000          # or auto, or a text such as \${API_PORT:-3000}
#     health: /health
`;

/** The text of a new config, with the reason for each finding and what else would be possible in its comments. */
export function renderConfig(proposal: ConfigProposal, names: ConfigNames): string {
  const notes = proposal.notes.map((note) => `# Note: ${commentText(note)}\n`).join('');
  const program = `./${names.launcher}`;
  const setup = renderSetup(proposal.setup, program);
  const aliased = `${names.aliases}-start, ${names.aliases}-stop …: source scripts/aliases.sh`;
  return [
    header(program) + notes,
    `name: ${scalar(names.project)}\naliases: ${withComment(scalar(names.aliases), aliased)}\n${choicesOf(names)}`,
    servicesOf(proposal),
    ...(setup === '' ? [] : [setup]),
  ].join('\n');
}

/** What is to be other than usual. */
function choicesOf({ launcher, emit }: ConfigNames): string {
  const lines = Object.entries(emit).map(([key, isWanted]) => `  ${key}: ${isWanted}\n`);
  const named = launcher === USUAL_LAUNCHER ? '' : `launcher: ${scalar(launcher)}\n`;
  return named + (lines.length === 0 ? '' : `emit:\n${lines.join('')}`);
}

function servicesOf({ services, guesses, migrations }: ConfigProposal): string {
  if (services.length + guesses.length === 0) return EXAMPLE;
  const key = services.length === 0 ? 'services: {}\n# services:\n' : 'services:\n';
  const sure = services.map((service) =>
    renderService(
      service,
      migrations.find((migration) => migration.service === service.name),
    ),
  );
  return key + [...sure, ...guesses.map(renderGuess)].join('\n');
}

/** What an editor's "toggle comment" makes a service of. */
function renderGuess(service: ProposedService): string {
  return renderService(service, undefined).replace(/^ {2}/gm, '#   ');
}

function renderService(service: ProposedService, migration: ProposedMigration | undefined): string {
  const lines = [programLine(service)];
  if (service.cwd !== '.') lines.push(`cwd: ${scalar(service.cwd)}`);
  if (service.port !== null) lines.push(`port: ${withComment(String(service.port), service.portSource)}`);
  if (service.health !== null) lines.push(`health: ${scalar(service.health)}`);
  if (service.docs !== null) lines.push(`docs: ${scalar(service.docs)}`);
  if (migration !== undefined) lines.push(before(migration));
  lines.push(...sequence('dependsOn', service.dependsOn), ...env(service));
  const comment = renderServiceComment(service).map((line) => `  # ${commentText(line)}\n`);
  return `${comment.join('')}  ${service.name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** What may touch the database of others is not switched on unasked. */
function before({ command, database }: ProposedMigration): string {
  const line = `before: ${scalar(command)}`;
  return database === 'local' ? line : `# ${line}  # once DATABASE_URL names a database of your own`;
}

function programLine({ command, container }: ProposedService): string {
  if (container === null) return `command: ${scalar(command)}`;
  const { service, files } = container;
  if (files.length === 0) return `container: ${scalar(service)}`;
  return `container: ${flow({ service, file: files.length === 1 ? files[0] : files })}`;
}

function sequence(key: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${scalar(item)}`)];
}

function env(service: ProposedService): string[] {
  const entries = Object.entries(service.env);
  return entries.length === 0 ? [] : ['env:', ...entries.map(([name, value]) => `  ${name}: ${scalar(value)}`)];
}

function withComment(value: string, comment: string): string {
  return comment === '' ? value : `${value}  # ${commentText(comment)}`;
}
