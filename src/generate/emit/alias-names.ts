import { commandNames, traitsOf } from '../../base/commands.ts';

/** The shell aliases of a project: `bot-start`, `bot-stop` … */
export function aliasNames(prefix: string): readonly string[] {
  return commandNames()
    .filter((name) => traitsOf(name).hasAlias)
    .map((name) => `${prefix}-${name}`);
}
