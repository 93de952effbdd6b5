import { configuredName } from '../../base/instance-name.ts';
import type { Rendered } from './emitter.ts';
import { code } from './markdown-code.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `AGENTS.md`: what it tells coding agents about the launcher: short, each line a rule. */
export function renderAgents({ plan, launcher }: ProjectFacts): Rendered<'agents'> {
  return { 'AGENTS.md': agentRules(plan, `./${launcher}`) };
}

/** The rules for coding agents, under a heading of their own. */
export function agentRules({ services, tasks, configFile }: ProjectFacts['plan'], program: string): string {
  const name = configuredName(services[0]?.name ?? 'NAME');
  const names = services.map((service) => code(service.name)).join(', ');
  const servers = `this project's dev servers${names === '' ? '' : ` (${names})`}`;
  const commands = tasks.map((task) => `\`${program} run ${task.name}\``);
  const rules = [
    ...rulesFor(name, program),
    ...(tasks.length === 0 ? [] : [[`Tasks: ${commands.join(', ')}.`]]),
    [`Servers, ports and commands are configured in ${code(configFile)}.`, 'Do not edit what devgen generates.'],
  ];
  return `## Dev servers

Use \`${program}\` for ${servers}; never start, stop or kill them by hand.

${rules.map((sentences) => `- ${sentences.join(' ')}\n`).join('')}`;
}

/** Each rule by its sentences. */
function rulesFor(name: string, program: string): readonly (readonly string[])[] {
  return [
    [
      `Start: \`${program} start --json\`, or \`${program} start ${name} --json\`.`,
      'It returns when everything is ready, or after 25 s with `stillTrying`: then call it again, which is harmless.',
      'Never `sleep`.',
    ],
    [
      `After each edit: \`${program} settle\`.`,
      'It waits until the servers have reloaded, and says whether they are well and which errors are new.',
      `Where one does not reload by itself: \`${program} restart ${name} --json\`.`,
    ],
    [
      `Errors since the start: \`${program} errors --json\`; what came before one: \`${program} logs ${name} -n 50\`.`,
      'Without `-f`, which never ends.',
    ],
    [
      `State: \`${program} status --json\`, \`${program} health --json\`.`,
      'Exit code 1 means that something is down or unhealthy.',
    ],
    [`Nothing works, and the reason is unclear: \`${program} doctor --json\`.`, 'It gives the command that mends it.'],
    [
      `Address: \`${program} url ${name}\`, or \`${program} env --json\` for all of them.`,
      'Each git worktree has ports of its own, so ask where you are.',
    ],
    [
      `Stop: \`${program} stop\`, and only when the servers are no longer needed.`,
      'It refuses while another agent or a person uses them: then leave them.',
    ],
    [
      `A port is held: \`${program} port NUMBER\` tells by whom.`,
      'Leave that process alone; the next free port is taken anyway.',
    ],
    [
      'Never use `pkill`, `killall`, `kill-port` or `fuser -k`:',
      "they end other people's processes and other checkouts' servers.",
    ],
  ];
}
