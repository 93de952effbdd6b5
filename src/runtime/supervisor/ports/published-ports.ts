import type { ServiceEnvironmentRequest } from '../../../plan/environment.ts';
import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import { listenersOn } from '../../../platform/listeners.ts';
import { composeContext } from '../../containers/compose-context.ts';
import { findComposeProgram } from '../../containers/compose-program.ts';
import { isRunning } from '../../containers/judge-container.ts';
import { listContainers } from '../../containers/list-containers.ts';
import type { PortRequest, PortRequests } from '../../ports/decide-ports.ts';

/** What the launches go by that are to have the ports. */
export interface LaunchFacts {
  readonly plan: Plan;
  /** As they are to be launched. */
  readonly services: readonly ServicePlan[];
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
}

/**
 * The requests, told which of them have their port already: a container of the service publishes it, so that whatever
 * process listens there does so for it. Asks compose only about ports on which a process listens.
 */
export async function withPublishedPorts(
  root: string,
  { launching, wanted }: PortRequests,
  { plan, services, shellEnvironment }: LaunchFacts,
): Promise<PortRequests> {
  const numbers = [...wanted].map(([name, port]) => [name, typeof port === 'number' ? port : null] as const);
  const told = async (request: PortRequest): Promise<PortRequest> => {
    const port = request.kept ?? request.wanted;
    const service = services.find(({ name }) => name === request.service);
    if (service === undefined || typeof port !== 'number' || listenersOn(port).length === 0) return request;
    const ports = new Map([...numbers, [service.name, port]]);
    const isPublished = await publishes({ plan, root, service, ports, shellEnvironment, runId: null }, port);
    return { ...request, published: isPublished ? port : null };
  };
  return { launching: await Promise.all(launching.map(told)), wanted };
}

/** Whether a container of the service is up and has the port. */
export async function publishes(request: ServiceEnvironmentRequest, port: number): Promise<boolean> {
  const { runs } = request.service;
  if (runs.kind === 'process') return false;
  const context = composeContext(request);
  const program = await findComposeProgram(context);
  if (!program.ok) return false;
  const containers = await listContainers(program.value, runs, context);
  if (!containers.ok) return false;
  const own = containers.value.filter((state) => state.service === runs.service && isRunning(state));
  return own.some(({ ports }) => ports.some(({ host }) => host === port));
}
