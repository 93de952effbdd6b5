import { variablePrefix } from './variable-prefix.ts';

/** `web-app` → `WEB_APP_URL`: the variable that tells others where a service answers. */
export function urlVariable(service: string): string {
  return `${variablePrefix(service)}_URL`;
}

/** The variables that tell others where a service is: `NAME_PORT`, `NAME_HOST` and `NAME_URL`. */
export function variablesAbout(service: string): readonly string[] {
  return ['PORT', 'HOST', 'URL'].map((what) => `${variablePrefix(service)}_${what}`);
}
