/**
 * Variables that devgen exported, as a JSON object with their values: so that a nested command does not take them for
 * what the user asked for.
 */
export const EXPORTED_MARK = 'DEVGEN_EXPORTED';

const MAKE_VARIABLES: ReadonlySet<string> = new Set([
  'MAKEFLAGS',
  'MFLAGS',
  'MAKELEVEL',
  'MAKEOVERRIDES',
  'MAKE_TERMOUT',
  'MAKE_TERMERR',
]);

/**
 * The environment of the user's shell without what make and devgen put there. A variable that devgen exported and that
 * was changed since is the user's own.
 */
export function cleanShellEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const exported = exportedVariables(environment[EXPORTED_MARK]);
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || MAKE_VARIABLES.has(name) || name.startsWith('DEVGEN_')) continue;
    if (exported.get(name) !== value) clean[name] = value;
  }
  return clean;
}

/** The value of `DEVGEN_EXPORTED` that goes with these variables. */
export function exportedMark(variables: Readonly<Record<string, string>>): string {
  return JSON.stringify(variables);
}

function exportedVariables(mark: string | undefined): ReadonlyMap<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(mark ?? '{}');
    return new Map(typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []);
  } catch (error) {
    // Not what devgen wrote: then nothing is known to be devgen's.
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}
