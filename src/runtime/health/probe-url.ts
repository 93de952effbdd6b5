import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { expandVariables } from '../../plan/expand.ts';

/**
 * What `target`, a path below `own` or a whole URL, comes to once the variables in it have their values; `null`: that
 * is no URL.
 */
export function probeUrl(target: string, own: string | null, { named, exported }: CommandEnvironment): URL | null {
  const expanded = expandVariables(target, (name) => named[name] ?? exported[name]);
  if (!expanded.ok || !URL.canParse(expanded.value, own ?? undefined)) return null;
  return new URL(expanded.value, own ?? undefined);
}
