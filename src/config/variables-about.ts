import { variablePrefix } from './variable-prefix.ts';

/** The variables that tell others where a service is: `NAME_PORT`, `NAME_HOST` and `NAME_URL`. */
export function variablesAbout(service: string): readonly string[] {
  return ['PORT', 'HOST', 'URL'].map((what) => `${variablePrefix(service)}_${what}`);
}
