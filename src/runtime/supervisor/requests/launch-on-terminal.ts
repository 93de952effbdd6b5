import type { ServicePlan } from '../../../plan/plan.ts';
import type { StartRequest } from '../control/protocol.ts';
import { ClientProcess } from '../run/client-process.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';

/** Of a timer; a debugger may stand at a breakpoint for as long as it likes. */
const LONGEST_MS = 2_147_483_647;

/** Leaves the start of the process to the client, when this is the service that the client wants on its terminal. */
export function launchOnTerminal(spec: LaunchSpec, { terminal }: StartRequest): LaunchSpec {
  if (terminal === null || terminal.service !== spec.service.name) return spec;
  return { ...spec, service: onTerminal(spec.service), client: new ClientProcess(terminal.client) };
}

/**
 * The service as it is held to on a terminal: its user sees what it does and decides what follows. What it writes goes
 * to the terminal, so there is no log in which to look for a line, and no other port that its user could be asked to
 * take.
 */
function onTerminal(service: ServicePlan): ServicePlan {
  const { health, restart, port } = service;
  const probe = health.probe.kind === 'log' ? ({ kind: 'process' } as const) : health.probe;
  return {
    ...service,
    port: port.kind === 'wanted' ? { ...port, fallbackSpan: 0 } : port,
    health: { ...health, probe, startTimeoutMs: LONGEST_MS },
    restart: { ...restart, policy: 'never', on: [], maxMemoryBytes: null },
  };
}
