import { cleanText } from '../../base/clean-text.ts';
import type { HealthPlan } from '../../plan/plan.ts';
import { redactWritten } from '../../plan/secrets.ts';
import type { ProjectOutline, ServiceOutline } from '../project-names.ts';
import { aliasNames } from './alias-names.ts';
import { describePort } from './describe-port.ts';
import type { Rendered } from './emitter.ts';
import { code } from './markdown-code.ts';
import { isWanted } from './place-for.ts';
import type { ProjectFacts } from './project-facts.ts';
import { renderPicture } from './render-picture.ts';

/**
 * A block in `DEVELOPMENT.md`: the services, who talks to whom, and the commands; without secrets of their command
 * lines. No tables: formatters pad them.
 */
export function renderGuide(facts: ProjectFacts): Rendered<'guide'> {
  const redact = redactWritten(facts.plan.services);
  return { 'DEVELOPMENT.md': cleanText(redact(sectionFor(facts)), 'plain') };
}

const INTRODUCTION = [
  '`./dev` starts everything here and stays attached; Ctrl+C stops it again.',
  'It needs Node.js 20.19 or newer and nothing else.',
].join(' ');

const PORTS = [
  'These are the wanted ports: when one is held, the next free one is taken and said.',
  '`./dev url` tells the real ones.',
].join(' ');

function sectionFor(facts: ProjectFacts): string {
  const { plan } = facts;
  return [
    '## Dev servers',
    `${INTRODUCTION}
What it starts is described in ${code(plan.configFile)}; \`npx devgen generate\` writes this section anew.`,
    ...servicesPart(plan),
    '### Commands',
    commands(plan),
    ...shortcuts(facts),
    ...tasksPart(plan),
    '### When something is wrong',
    TROUBLE,
  ].join('\n\n');
}

function servicesPart(plan: ProjectOutline): string[] {
  if (plan.services.length === 0) return [];
  return [
    '### Services',
    plan.services.map(describeService).join('\n'),
    PORTS,
    '### Who talks to whom',
    renderPicture(plan).trimEnd(),
  ];
}

function describeService({ name, command, cwd, port, health }: ServiceOutline): string {
  const where = cwd === '.' ? '' : ` in ${code(cwd)}`;
  return `- **${name}**: ${code(command)}${where}, ${inMarkdown(describePort(port))}${describeHealth(health)}`;
}

/** The number of a port needs no marks; anything with a variable in it does. */
function inMarkdown(port: string): string {
  return port.includes('$') ? port.replace(/ (.*)$/s, (_, expression: string) => ` ${code(expression)}`) : port;
}

function describeHealth({ probe }: HealthPlan): string {
  if (probe.kind !== 'http') return '';
  return `, healthy when ${code(probe.target.replace(/\?.*$/s, '').replace(/\/\/[^/]*@/, '//'))} answers`;
}

function commands({ services }: ProjectOutline): string {
  const name = services[0]?.name ?? 'NAME';
  return [
    `- \`./dev\`, \`./dev up ${name}\`: start everything, or one service and what it depends on`,
    `- \`./dev start ${name}\`: the same, returning as soon as it is ready`,
    `- \`./dev stop\`, \`./dev restart ${name}\`, \`./dev kill ${name}\`: with everything that they started`,
    '- `./dev status`, `./dev health`: what runs, where, and how well',
    `- \`./dev logs -f\`, \`./dev logs ${name} --errors\`: what the services wrote`,
    `- \`./dev up ${name} --force\`: take the wanted port back from the process that holds it`,
    '- `./dev help`: everything else',
  ].join('\n');
}

function shortcuts({ plan: { aliasPrefix }, emit, repository }: ProjectFacts): string[] {
  const aliased = aliasNames(aliasPrefix).map((name) => `\`${name}\``);
  return [
    ...(isWanted('makefile', emit, repository) ? ['`make help` lists the make targets that do the same.'] : []),
    ...(isWanted('aliases', emit, repository)
      ? [`After \`source scripts/aliases.sh\` a shell has ${aliased.join(', ')}, in any folder.`]
      : []),
  ];
}

function tasksPart({ tasks }: ProjectOutline): string[] {
  if (tasks.length === 0) return [];
  const lines = tasks.map(({ name, description }) => {
    const said = description.replace(/\s+/g, ' ').replaceAll('<', '&lt;').trim();
    return `- \`./dev run ${name}\`${description === '' ? '' : `: ${said}`}`;
  });
  return ['### Tasks', lines.join('\n')];
}

const TROUBLE = `- \`./dev logs --errors\` shows what went wrong, \`logs/NAME.log\` holds all that a service wrote.
- \`./dev port 8000\` says who holds a port.
- \`./dev stop\` ends everything that devgen started here, and nothing else.`;
