/** devgen explains commands in its own words: of what yargs says to users only the report of a mistake is left. */
export function usage() {
  const listeners = [];
  return {
    failFn: (listener) => listeners.push(listener),
    fail(message, error) {
      for (const listener of listeners) listener(message, error);
    },
    deferY18nLookup: (text) => text,
    getDescriptions: () => ({}),
    getPositionalGroupName: () => '',
    hasCachedHelpMessage: () => false,
    clearCachedHelpMessage: () => undefined,
    describe: () => undefined,
    version: () => undefined,
    freeze: () => undefined,
    unfreeze: () => undefined,
    reset: () => undefined,
  };
}
