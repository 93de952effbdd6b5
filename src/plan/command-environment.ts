import type { Lookup } from './expand.ts';

/** What the commands of a service or task run with. */
export interface CommandEnvironment {
  /** The whole environment of their processes. */
  readonly exported: Readonly<Record<string, string>>;
  /**
   * What a command line may name besides, stronger than those: the variables of the root's env files, and the service's
   * own `HOST` and `URL`.
   */
  readonly named: Readonly<Record<string, string>>;
}

/** What `$VAR` in a command line, or in a hook, stands for. */
export function lookupIn({ exported, named }: CommandEnvironment): Lookup {
  return (name) => {
    if (Object.hasOwn(named, name)) return named[name];
    return Object.hasOwn(exported, name) ? exported[name] : undefined;
  };
}
