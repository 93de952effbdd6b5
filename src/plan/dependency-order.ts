import type { ServicePlan } from './plan.ts';

/**
 * The services, each after everything it depends on, otherwise in the order given. They must not depend in a circle.
 */
export function inDependencyOrder(services: readonly ServicePlan[]): readonly ServicePlan[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered = new Set<ServicePlan>();
  const add = (service: ServicePlan): void => {
    if (ordered.has(service)) return;
    for (const dependency of service.dependsOn) {
      const needed = byName.get(dependency);
      if (needed !== undefined) add(needed);
    }
    ordered.add(service);
  };
  for (const service of services) add(service);
  return [...ordered];
}
