import { ok, type Result } from '../../base/result.ts';
import type { EnvFilePaths } from '../../config/env-files.ts';
import { NAME_PATTERN, suggestName } from '../../config/name-rule.ts';
import { endpointOf } from '../../plan/endpoint.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { type PortInvalid, type WantedPort, wantedPorts } from '../../plan/wanted-ports.ts';
import { exportedEnvironment } from './exported-environment.ts';
import type { ExportedProject, ExportedService, Network } from './exported-project.ts';

/** Everything that decides what is exported. */
export interface ExportRequest {
  readonly plan: Plan;
  /** Absolute: where the project lies on the machine that the files are for. */
  readonly root: string;
  readonly envFiles: EnvFilePaths;
}

/** The project as the services of such a network see it. Fails where a port is no port. */
export function toExportedProject(
  { plan, root, envFiles }: ExportRequest,
  network: Network,
): Result<ExportedProject, readonly PortInvalid[]> {
  const wanted = wantedPorts(plan, {}, { overrides: {}, shift: 0 });
  if (!wanted.ok) return wanted;
  const ports = withNumbers(wanted.value);
  const services = plan.services.map((service): ExportedService => {
    const seen = { ...plan, services: plan.services.map((other) => seenFrom(service, other, network)) };
    const own = seenFrom(service, service, network);
    const port = ports.get(service.name) ?? null;
    const environment = exportedEnvironment(own, { plan: seen, ports, files: envFiles });
    return { plan: renamed(own), port, url: port === null ? null : endpointOf(own, port).url, environment };
  });
  const name = NAME_PATTERN.test(plan.name) ? plan.name : (suggestName(plan.name) ?? 'project');
  return ok({ name, configFile: plan.configFile, root, services });
}

/** Host names, Procfiles and Kubernetes take no dot; the config admits no `api-1` beside `api.1`. */
function exportedName(service: string): string {
  return service.replace('.', '-');
}

function renamed(service: ServicePlan): ServicePlan {
  return { ...service, name: exportedName(service.name), dependsOn: service.dependsOn.map(exportedName) };
}

/** In a network of names a service is reached from outside itself, so it has to listen on every address. */
function seenFrom(viewer: ServicePlan, service: ServicePlan, network: Network): ServicePlan {
  if (network === 'one-machine') return service;
  return { ...service, host: service.name === viewer.name ? '0.0.0.0' : exportedName(service.name) };
}

/** The first port that is given where any will do: other systems want to know it beforehand. */
const FIRST_PORT = 3000;

function withNumbers(wanted: ReadonlyMap<string, WantedPort>): ReadonlyMap<string, number | null> {
  const taken = new Set(wanted.values());
  let next = FIRST_PORT;
  const number = (port: WantedPort): number | null => {
    if (port !== 'auto') return port;
    while (taken.has(next)) next++;
    taken.add(next);
    return next;
  };
  return new Map([...wanted].map(([name, port]) => [name, number(port)]));
}
