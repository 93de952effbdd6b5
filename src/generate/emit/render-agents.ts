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
  return `## Dev servers

Use \`./dev\` for this project's dev servers${names === '' ? '' : ` (${names})`}; never start, stop or kill them by hand.

- Start: \`./dev start --json\`, or \`./dev start ${name} --json\`. It returns when everything is ready; calling it again is harmless.
- Wait: \`./dev wait --timeout 90s\`. Never \`sleep\`.
- State: \`./dev status --json\`, \`./dev health --json\`. Exit code 1 means that something is down or unhealthy.
- Address: \`./dev url ${name}\`, or \`./dev env --json\` for all of them. Ask each time: another port may have been taken.
- Errors: \`./dev logs --errors -n 50\`, or \`./dev logs ${name} -n 100\`. Without \`-f\`, which never ends.
- After a change: the servers reload by themselves; if one does not, \`./dev restart ${name} --json\`.
- Stop: \`./dev stop\`, and only when the servers are no longer needed.
- A port is held: \`./dev port NUMBER\` tells by whom. Leave that process alone; the next free port is taken anyway.
- Never use \`pkill\`, \`killall\`, \`kill-port\` or \`fuser -k\`: they end other people's processes and other checkouts' servers.
${tasks.length === 0 ? '' : `- Tasks: ${tasks.map((task) => `\`./dev run ${task.name}\``).join(', ')}.\n`}- Servers, ports and commands are configured in ${code(configFile)}. Do not edit what devgen generates.
`;
}
