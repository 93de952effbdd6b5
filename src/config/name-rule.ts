/**
 * What services, tasks and the prefix of aliases may be called: no two such names make the same variable, file or
 * target, and none makes a file name that is too long for a file system.
 */
export const NAME_PATTERN = /^[a-z][a-z0-9-]{0,62}$/;

/** The allowed name nearest to one that is not: `Web_App` → `web-app`; `undefined` when nothing is left of it. */
export function suggestName(name: string): string | undefined {
  const suggestion = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return NAME_PATTERN.test(suggestion) && suggestion !== name ? suggestion : undefined;
}
