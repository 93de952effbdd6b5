const IDLE = /^var (init_\w+) = __esm\(\{\n\t_\(\) \{\n\t\}\n\}\);\n/gm;

/**
 * The text without the modules in which nothing is left to be done when they are first needed, because all that they
 * have are functions; and without the calls that would do it.
 */
export function withoutIdleModules(text) {
  const idle = [...text.matchAll(IDLE)].map(([, name]) => name);
  if (idle.length === 0) return text;
  const any = `(?:${idle.join('|')})`;
  const rest = text
    .replace(IDLE, '')
    .replace(new RegExp(`^\\t+${any}\\(\\);\\n`, 'gm'), '')
    .replace(new RegExp(`\\b${any}\\(\\)(?:, |; ?)`, 'g'), '');
  const left = new RegExp(`\\b${any}\\b`).exec(rest);
  if (left !== null) throw new Error(`the bundle uses ${left[0]} in another way than expected`);
  return withoutIdleModules(rest);
}
