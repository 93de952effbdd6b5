import type { DetectedService } from '../detection.ts';

const FRAMEWORK_DEFAULT = 'framework default';
/** How far above the default another port is looked for. */
const REACH = 20;

/**
 * Gives services that would all listen on the same default ports of their own: the first keeps it. Ports that the
 * repository
 * states stay, and so do those of services whose command cannot take another one.
 */
export function partPorts(services: readonly DetectedService[]): readonly DetectedService[] {
  const stated = services.filter((service) => !isMovable(service)).map(({ port }) => port);
  const taken = new Set(stated);
  return services.map((service) => {
    const { port } = service;
    if (port === null || !isMovable(service)) return service;
    const free = Array.from({ length: REACH }, (_, step) => port + step).find((number) => !taken.has(number));
    taken.add(free ?? port);
    if (free === undefined || free === port) return service;
    const holder = services.find((other) => other !== service && other.port === port);
    return { ...service, port: free, portSource: `${port} is ${holder?.name ?? 'taken'}'s` };
  });
}

function isMovable({ portSource, command, env }: DetectedService): boolean {
  const takesPort = command.includes('$PORT') || Object.values(env).includes('$PORT');
  return portSource === FRAMEWORK_DEFAULT && takesPort;
}
