import type { ProjectOutline, ServiceOutline } from '../project-names.ts';
import { type Connection, connectionsOf, type Handed } from './connections.ts';
import { describePort } from './describe-port.ts';

/** A Mermaid flowchart of who talks to whom on which port; GitHub draws it. Source: mermaid.js.org/syntax/flowchart. */
export function renderPicture(plan: Pick<ProjectOutline, 'services'>, proxies: readonly Handed[]): string {
  const connections = connectionsOf(plan).filter((each) => each.kind !== 'waits' || !proxies.some(isAlong(each)));
  const outside = [...new Set(connections.map(({ to }) => to))].filter(
    (name) => !plan.services.some((service) => service.name === name),
  );
  const nodes = new Map([
    ...plan.services.map(({ name }, index) => [name, `service${index + 1}`] as const),
    ...outside.map((name, index) => [name, `outside${index + 1}`] as const),
  ]);
  const lines = [
    'flowchart LR',
    ...plan.services.map((service) => `  ${nodes.get(service.name)}["${labelOf(service)}"]`),
    ...outside.map((name) => `  ${nodes.get(name)}(["${escaped(name)}"])`),
    ...connections.map((each) => `  ${nodes.get(each.from)} ${arrow(each)} ${nodes.get(each.to)}`),
    ...proxies.map(({ from, to, route }) => `  ${nodes.get(from)} -- "${escaped(route)}" --> ${nodes.get(to)}`),
  ];
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n`;
}

/** What is called is not only waited for. */
function isAlong({ from, to }: Connection): (proxy: Handed) => boolean {
  return (proxy) => proxy.from === from && proxy.to === to;
}

function labelOf(service: ServiceOutline): string {
  return `${service.name}<br/>${escaped(describePort(service))}`;
}

function arrow({ kind, through }: Connection): string {
  switch (kind) {
    case 'waits':
      return '-. waits for .->';
    case 'admits':
      return `-. ${through.join(', ')} .->`;
    case 'calls':
      return through.length === 0 ? '-->' : `-- ${through.join(', ')} -->`;
  }
}

/** What could end a quoted label, or begin a tag in it. */
function escaped(text: string): string {
  return text.replace(/["<>`\\]/g, (character) => `#${character.charCodeAt(0)};`);
}
