/*
 * A service with `instances: 3` runs as three services, `api.1` to `api.3`. A dot stands in no other name, so that a
 * name alone tells what an instance is one of: only what makes a plan of the config has to know of instances.
 */

/** The services that one of the config runs as. */
export function instanceNames(service: string, instances: number): readonly string[] {
  if (instances === 1) return [service];
  return Array.from({ length: instances }, (_, index) => `${service}.${index + 1}`);
}

/** What the config calls a service: `api` for `api.2`, `web` for `web`. */
export function configuredName(service: string): string {
  return service.replace(/\..*$/, '');
}

/** Once each. */
export function configuredNames(services: readonly string[]): readonly string[] {
  return [...new Set(services.map(configuredName))];
}

/** How many instances stand before this one; 0 for a service without others. */
export function instancesBefore(service: string): number {
  const dot = service.indexOf('.');
  return dot < 0 ? 0 : Number(service.slice(dot + 1)) - 1;
}

/** What users may call these services: each by its name, and instances together by that of the config, first. */
export function calledNames(services: readonly string[]): readonly string[] {
  return [...new Set(services.flatMap((service) => [configuredName(service), service]))];
}
