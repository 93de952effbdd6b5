import { stringify } from 'yaml';
import type { EmitOptions } from '../../manifest/emitted-files.ts';
import type { ConfigProposal, ProposedService } from './config-proposal.ts';
import { renderServiceComment } from './service-comment.ts';

export interface ConfigNames {
  readonly project: string;
  /** Prefix of the shell aliases. */
  readonly aliases: string;
  /** What is to be generated other than usual. */
  readonly emit: EmitOptions;
}

/** Where the proposed config is written. */
export const CONFIG_PATH = 'devgen.config.yaml';

const HEADER = `# yaml-language-server: $schema=.devgen/schema.json
# What ./dev starts. This file is yours: devgen wrote it once and never overwrites it.
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
  const notes = proposal.notes.map((note) => `# Note: ${oneLine(note)}\n`).join('');
  const services = proposal.services.map(renderService).join('\n');
  const aliased = `${names.aliases}-start, ${names.aliases}-stop …: source scripts/aliases.sh`;
  return [
    HEADER + notes,
    `name: ${scalar(names.project)}\naliases: ${withComment(scalar(names.aliases), aliased)}\n${emitOf(names)}`,
    services === '' ? EXAMPLE : `services:\n${services}`,
  ].join('\n');
}

function emitOf({ emit }: ConfigNames): string {
  const lines = Object.entries(emit).map(([key, isWanted]) => `  ${key}: ${isWanted}\n`);
  return lines.length === 0 ? '' : `emit:\n${lines.join('')}`;
}

function renderService(service: ProposedService): string {
  const lines = [programLine(service)];
  if (service.cwd !== '.') lines.push(`cwd: ${scalar(service.cwd)}`);
  if (service.port !== null) lines.push(`port: ${withComment(String(service.port), service.portSource)}`);
  if (service.health !== null) lines.push(`health: ${scalar(service.health)}`);
  lines.push(...sequence('dependsOn', service.dependsOn), ...env(service));
  const comment = renderServiceComment(service).map((line) => `  # ${oneLine(line)}\n`);
  return `${comment.join('')}  ${service.name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

function programLine({ command, container }: ProposedService): string {
  if (container === null) return `command: ${scalar(command)}`;
  const { service, files } = container;
  if (files.length === 0) return `container: ${scalar(service)}`;
  const written = { service, file: files.length === 1 ? files[0] : files };
  return `container: ${stringify(written, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()}`;
}

function sequence(key: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${scalar(item)}`)];
}

function env(service: ProposedService): string[] {
  const entries = Object.entries(service.env);
  return entries.length === 0 ? [] : ['env:', ...entries.map(([name, value]) => `  ${name}: ${scalar(value)}`)];
}

/** One line, quoted only where YAML needs it. */
function scalar(value: string): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}

function withComment(value: string, comment: string): string {
  return comment === '' ? value : `${value}  # ${oneLine(comment)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
