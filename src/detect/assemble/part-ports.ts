import type { DetectedService } from '../detection.ts';
import type { Repository } from '../repository/repository.ts';

const FRAMEWORK_DEFAULT = 'framework default';
/** How far above its own port another one is looked for. */
const REACH = 20;

export interface Movable {
  readonly service: DetectedService;
  /** Whether it listens where it is told. */
  readonly takesPort: boolean;
}

/**
 * Gives each service a port of its own: of several with the same one a stated port goes before a default, and what
 * cannot take another port before what can; else the first keeps it. A note says where stated ones cannot be parted.
 */
export function partPorts(repository: Repository, services: readonly Movable[]): readonly DetectedService[] {
  const keepers = [...services].sort((a, b) => rank(a) - rank(b));
  const holders = new Map<number, DetectedService>();
  const moved = new Map<DetectedService, DetectedService>();
  const stated = new Set(services.map(({ service }) => service.port));
  for (const { service, takesPort } of keepers) {
    const { port, name } = service;
    const holder = port === null ? undefined : holders.get(port);
    if (port !== null && holder === undefined) holders.set(port, service);
    if (port === null || holder === undefined) continue;
    const free = takesPort
      ? Array.from({ length: REACH }, (_, step) => port + step).find((each) => !holders.has(each) && !stated.has(each))
      : undefined;
    if (free === undefined && service.portSource !== FRAMEWORK_DEFAULT) {
      repository.note(`\`${name}\` and \`${holder.name}\` both listen on ${port}: give one of them another port.`);
      continue;
    }
    // A default that cannot be moved off a stated port was a guess: nothing is known of the port then.
    const parted = { ...service, port: free ?? null, portSource: `${port} is ${holder.name}'s` };
    if (free !== undefined) holders.set(free, parted);
    moved.set(service, parted);
  }
  return services.map(({ service }) => moved.get(service) ?? service);
}

function rank({ service, takesPort }: Movable): number {
  return (service.portSource === FRAMEWORK_DEFAULT ? 2 : 0) + (takesPort ? 1 : 0);
}
