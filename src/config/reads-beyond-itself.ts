/**
 * Whether a config script may give something else although its own text is the same: because it imports files, or asks
 * the environment, the clock or the file system. Such a config is run anew each time. Importing types, or `devgen` for
 * its `defineConfig`, changes nothing.
 */
export function readsBeyondItself(script: string): boolean {
  const harmless = /^\s*import\s+(?:type\b[^;\n]*|[^;\n]*\bfrom\s+['"]devgen['"])\s*;?\s*$/gm;
  return /\b(?:import|require|process|globalThis|Date|Math\.random|fetch)\b/.test(script.replace(harmless, ''));
}
