import { cleanText } from '../../base/clean-text.ts';
import { configuredName } from '../../base/instance-name.ts';
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

function introduction(program: string): string {
  return [
    `\`${program}\` starts everything here and stays attached; Ctrl+C stops it again.`,
    'devgen itself needs Node.js 20.19 or newer and nothing else.',
  ].join(' ');
}

function aboutPorts(program: string): string {
  return [
    'These are the wanted ports: when one is held, the next free one is taken and said.',
    `\`${program} url\` tells the real ones.`,
  ].join(' ');
}

function sectionFor(facts: ProjectFacts): string {
  const { plan, launcher } = facts;
  const program = `./${launcher}`;
  return [
    '## Dev servers',
    `${introduction(program)}
What it starts is described in ${code(plan.configFile)}; \`npx devgen generate\` writes this section anew.`,
    ...servicesPart(facts, program),
    '### Commands',
    commands(plan, program),
    ...shortcuts(facts),
    ...tasksPart(plan, program),
    '### When something is wrong',
    whenWrong(program),
  ].join('\n\n');
}

function servicesPart({ plan, proxies }: ProjectFacts, program: string): string[] {
  if (plan.services.length === 0) return [];
  return [
    '### Services',
    plan.services.map(describeService).join('\n'),
    aboutPorts(program),
    '### Who talks to whom',
    renderPicture(plan, proxies).trimEnd(),
  ];
}

function describeService(service: ServiceOutline): string {
  const { name, command, cwd, health } = service;
  const where = cwd === '.' ? '' : ` in ${code(cwd)}`;
  return `- **${name}**: ${code(command)}${where}, ${inMarkdown(describePort(service))}${describeHealth(health)}`;
}

/** The number of a port needs no marks; anything with a variable in it does. */
function inMarkdown(port: string): string {
  return port.includes('$') ? port.replace(/ (.*)$/s, (_, expression: string) => ` ${code(expression)}`) : port;
}

function describeHealth({ probe }: HealthPlan): string {
  if (probe.kind !== 'http') return '';
  return `, healthy when ${code(probe.target.replace(/\?.*$/s, '').replace(/\/\/[^/]*@/, '//'))} answers`;
}

function commands({ services }: ProjectOutline, program: string): string {
  const name = configuredName(services[0]?.name ?? 'NAME');
  const called = (words: string): string => `\`${program} ${words}\``;
  return [
    `- \`${program}\`, \`${program} up ${name}\`: start everything, or one service and what it depends on`,
    `- \`${program} start ${name}\`: the same, returning as soon as it is ready`,
    `- ${['stop', `restart ${name}`, `kill ${name}`].map(called).join(', ')}: with everything that they started`,
    `- \`${program} status\`, \`${program} health\`: what runs, where, and how well`,
    `- \`${program} logs -f\`, \`${program} logs ${name} --errors\`: what the services wrote`,
    `- \`${program} up ${name} --force\`: take the wanted port back from the process that holds it`,
    `- \`${program} ui\`: all of this on a page in the browser`,
    `- \`${program} help\`: everything else`,
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

function tasksPart({ tasks }: ProjectOutline, program: string): string[] {
  if (tasks.length === 0) return [];
  const lines = tasks.map(({ name, description }) => {
    const said = description.replace(/\s+/g, ' ').replaceAll('<', '&lt;').trim();
    return `- \`${program} run ${name}\`${description === '' ? '' : `: ${said}`}`;
  });
  return ['### Tasks', lines.join('\n')];
}

function whenWrong(program: string): string {
  return `- \`${program} logs --errors\` shows what went wrong, \`logs/NAME.log\` holds all that a service wrote.
- \`${program} port 8000\` says who holds a port.
- \`${program} stop\` ends everything that devgen started here, and nothing else.`;
}
