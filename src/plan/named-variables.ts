/** The variables that a command line names, whatever else is in it: a text for a shell need be no template of ours. */
export function namedVariables(commandLine: string): ReadonlySet<string> {
  return new Set([...commandLine.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].flatMap(([, name]) => name ?? []));
}
