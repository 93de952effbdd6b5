import { commandNames, makeShorthands, traitsOf } from '../base/commands.ts';

/** `devgen` has its log among those of the services; `all` is how a person would name all of them. */
const OTHER_WORDS = ['devgen', 'all'];

const targets = makeShorthands();

/** Words that mean something to `./dev` or make: no service may be called so. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...commandNames(),
  ...targets.map(({ word }) => word),
  ...OTHER_WORDS,
]);

/**
 * Targets of the generated Makefile that stand for no service, and the commands that have one or an alias: no task may
 * be called so. Tasks are run by `./dev run`, so the other commands' names are free to them.
 */
export const RESERVED_TASK_NAMES: ReadonlySet<string> = new Set([
  ...targets.flatMap(({ word, command }) => [word, command]),
  ...commandNames().filter((name) => traitsOf(name).hasAlias),
]);
