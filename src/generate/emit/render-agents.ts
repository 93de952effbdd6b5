import type { Rendered } from './emitter.ts';
import { code } from './markdown-code.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A block in `AGENTS.md`: what it tells coding agents about `./dev`: short, each line a rule. */
export function renderAgents({ plan }: ProjectFacts): Rendered<'agents'> {
  return { 'AGENTS.md': sectionFor(plan) };
}

function sectionFor({ services, tasks, configFile }: ProjectFacts['plan']): string {
  const name = services[0]?.name ?? 'NAME';
  const names = services.map((service) => code(service.name)).join(', ');
  const servers = `this project's dev servers${names === '' ? '' : ` (${names})`}`;
  const commands = tasks.map((task) => `\`./dev run ${task.name}\``);
  const rules = [
    ...rulesFor(name),
    ...(tasks.length === 0 ? [] : [[`Tasks: ${commands.join(', ')}.`]]),
    [`Servers, ports and commands are configured in ${code(configFile)}.`, 'Do not edit what devgen generates.'],
  ];
  return `## Dev servers

Use \`./dev\` for ${servers}; never start, stop or kill them by hand.

${rules.map((sentences) => `- ${sentences.join(' ')}\n`).join('')}`;
}

/** Each rule by its sentences. */
function rulesFor(name: string): readonly (readonly string[])[] {
  return [
    [
      `Start: \`./dev start --json\`, or \`./dev start ${name} --json\`.`,
      'It returns when everything is ready, or after 25 s with `stillTrying`: then call it again, which is harmless.',
      'Never `sleep`.',
    ],
    [
      'After each edit: `./dev settle`.',
      'It waits until the servers have reloaded, and says whether they are well and which errors are new.',
      `Where one does not reload by itself: \`./dev restart ${name} --json\`.`,
    ],
    [
      `Errors since the start: \`./dev errors --json\`; what came before one: \`./dev logs ${name} -n 50\`.`,
      'Without `-f`, which never ends.',
    ],
    ['State: `./dev status --json`, `./dev health --json`.', 'Exit code 1 means that something is down or unhealthy.'],
    ['Nothing works, and the reason is unclear: `./dev doctor --json`.', 'It gives the command that mends it.'],
    [
      `Address: \`./dev url ${name}\`, or \`./dev env --json\` for all of them.`,
      'Each git worktree has ports of its own, so ask where you are.',
    ],
    ['Stop: `./dev stop`, and only when the servers are no longer needed.'],
    [
      'A port is held: `./dev port NUMBER` tells by whom.',
      'Leave that process alone; the next free port is taken anyway.',
    ],
    [
      'Never use `pkill`, `killall`, `kill-port` or `fuser -k`:',
      "they end other people's processes and other checkouts' servers.",
    ],
  ];
}
