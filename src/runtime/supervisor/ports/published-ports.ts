import { join } from 'node:path';
import { cleanShellEnvironment } from '../../../plan/environment.ts';
import type { ServicePlan } from '../../../plan/plan.ts';
import { listenersOn } from '../../../platform/listeners.ts';
import { findComposeProgram } from '../../containers/compose-program.ts';
import { isRunning } from '../../containers/judge-container.ts';
import { listContainers } from '../../containers/list-containers.ts';
import type { PortRequest } from '../../ports/decide-ports.ts';

export interface PublishedFacts {
  readonly root: string;
  readonly services: readonly ServicePlan[];
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
}

/**
 * The requests, told which of them have their port already: a container of the service publishes it, so that whatever
 * process listens there does so for it. Asks compose only about ports on which a process listens.
 */
export function withPublishedPorts(
  requests: readonly PortRequest[],
  facts: PublishedFacts,
): Promise<readonly PortRequest[]> {
  return Promise.all(
    requests.map(async (request) => {
      const port = request.kept ?? request.wanted;
      const service = facts.services.find(({ name }) => name === request.service);
      if (service === undefined || typeof port !== 'number' || listenersOn(port).length === 0) return request;
      return { ...request, published: (await publishes(service, port, facts)) ? port : null };
    }),
  );
}

/** Whether a container of the service is up and has the port. */
export async function publishes(
  { runs, cwd }: ServicePlan,
  port: number,
  facts: Omit<PublishedFacts, 'services'>,
): Promise<boolean> {
  if (runs.kind === 'process') return false;
  const context = { cwd: join(facts.root, cwd), environment: cleanShellEnvironment(facts.shellEnvironment) };
  const program = await findComposeProgram(context);
  if (!program.ok) return false;
  const containers = await listContainers(program.value, runs, context);
  if (!containers.ok) return false;
  const own = containers.value.filter((state) => state.service === runs.service && isRunning(state));
  return own.some(({ ports }) => ports.some(({ host }) => host === port));
}
