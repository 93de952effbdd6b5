import { configuredName, instancesBefore } from '../base/instance-name.ts';
import { variablePrefix } from './variable-prefix.ts';

/** `web-app` → `WEB_APP_URL`: the variable that tells others where a service answers. */
export function urlVariable(service: string): string {
  return `${variablePrefix(service)}_URL`;
}

/** The variables that tell others where a service is: `NAME_PORT`, `NAME_HOST` and `NAME_URL`. */
export function variablesAbout(service: string): readonly string[] {
  return prefixesOf(service).flatMap((prefix) => ['PORT', 'HOST', 'URL'].map((what) => `${prefix}_${what}`));
}

/** What variables about a service begin with. The first instance stands for all: `API_1` and `API` for `api.1`. */
export function prefixesOf(service: string): readonly string[] {
  const names = instancesBefore(service) === 0 ? [service, configuredName(service)] : [service];
  return [...new Set(names.map(variablePrefix))];
}
