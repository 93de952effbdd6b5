import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { expandVariables } from '../../plan/expand.ts';

/**
 * What `target`, a path below `own` or a whole URL, comes to once the variables in it, if there are any, have their
 * values; `null`: that is no URL.
 */
export function probeUrl(
  target: string,
  own: string | null,
  variables: { readonly environment: CommandEnvironment },
): URL | null {
  const expanded = expandVariables(target, (name) => {
    const { named, exported } = variables.environment;
    return named[name] ?? exported[name];
  });
  if (!expanded.ok || !URL.canParse(expanded.value, own ?? undefined)) return null;
  return new URL(expanded.value, own ?? undefined);
}
