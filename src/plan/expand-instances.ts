import { instanceNames, instancesBefore } from '../base/instance-name.ts';
import type { ServicePlan } from './plan.ts';

/** The services that one of the config runs as, by its name. */
export type InstancesByName = ReadonlyMap<string, readonly string[]>;

export function instancesByName(services: Readonly<Record<string, { readonly instances?: number }>>): InstancesByName {
  return new Map(Object.entries(services).map(([name, { instances = 1 }]) => [name, instanceNames(name, instances)]));
}

/** Who names a service with instances means all of them. */
export function allInstances(names: readonly string[], instances: InstancesByName): readonly string[] {
  return names.flatMap((name) => instances.get(name) ?? [name]);
}

/** A service for each instance, in the order given. The browser is shown only the first. */
export function expandInstances(services: readonly ServicePlan[], instances: InstancesByName): readonly ServicePlan[] {
  return services.flatMap((service) =>
    allInstances([service.name], instances).map((name) => ({
      ...service,
      name,
      dependsOn: allInstances(service.dependsOn, instances),
      open: service.open && instancesBefore(name) === 0,
    })),
  );
}
