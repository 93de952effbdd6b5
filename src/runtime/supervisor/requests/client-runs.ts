import type { EndedRequest, RootRequest, StoppedService } from '../control/protocol.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import type { Supervisor } from '../supervisor.ts';
import { stopServices } from './stop-services.ts';

/** A client has started the process of a run; `false`: that run is no longer wanted. */
export function nameRoot(supervisor: Supervisor, { run, root }: RootRequest): boolean {
  const client = runnerOf(supervisor, run)?.spec?.client;
  client?.tellStart(root);
  return client !== undefined && client !== null;
}

/**
 * The process that a client had on its terminal has ended, and its run with it; resolves when nothing is left of it.
 * `null`: the run is over, because it was stopped or followed by another one.
 */
export async function endClientRun(
  supervisor: Supervisor,
  { run, exit }: EndedRequest,
): Promise<StoppedService | null> {
  const runner = runnerOf(supervisor, run);
  if (runner === undefined) return null;
  // The stop comes first: that the user's own command has ended is no crash.
  const stopping = stopServices(supervisor, { names: [runner.service.name], mode: 'graceful' });
  runner.spec?.client?.tellEnd(exit);
  const { services } = await stopping;
  return services[0] ?? null;
}

function runnerOf(supervisor: Supervisor, run: string): ServiceRunner | undefined {
  return supervisor.runners.find(({ lifecycle }) => lifecycle.run === run);
}
