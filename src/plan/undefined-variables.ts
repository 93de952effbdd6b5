import { type Lookup, plainReferences } from './expand.ts';

/** Variables that a shell sets by itself. Source: bash(1), dash(1) */
const OF_THE_SHELL: ReadonlySet<string> = new Set([
  ...['RANDOM', 'UID', 'EUID', 'PPID', 'PWD', 'OLDPWD', 'SECONDS', 'LINENO', 'IFS', 'OPTARG', 'OPTIND', 'HOSTNAME'],
  ...['REPLY', 'SHLVL', 'BASHPID', 'EPOCHSECONDS', 'EPOCHREALTIME', 'PIPESTATUS', 'FUNCNAME', '_'],
]);

/**
 * The variables that a command line refers to without a default and that are not set: a shell, and devgen, put nothing
 * in their place. What stands in single quotes or behind a backslash, and names that the line or the shell itself sets,
 * do not count.
 */
export function undefinedVariables(command: string, environment: Readonly<Record<string, string>>): readonly string[] {
  const isSet: Lookup = (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined);
  const visible = command
    .replace(/\\[\s\S]/g, '')
    .replace(/"[^"]*"|'[^']*'/g, (quoted) => (quoted.startsWith('"') ? quoted : ''));
  const setHere = new Set(
    [...command.matchAll(/\b(?:([A-Za-z_]\w*)=|(?:for|read|getopts\s+\S+)\s+([A-Za-z_]\w*))/g)].map(
      ([, assigned, read]) => assigned ?? read,
    ),
  );
  return plainReferences(visible).filter(
    (name) => isSet(name) === undefined && !setHere.has(name) && !OF_THE_SHELL.has(name),
  );
}
