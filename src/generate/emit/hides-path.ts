/**
 * Whether the rules of a `.gitignore` leave out a file or folder that lies beside it, or all that is in it; the last
 * rule that fits decides. Source: gitignore(5), as far as it concerns names without a slash.
 */
export function hidesPath(rules: string, name: string): boolean {
  const fitting = rules.split(/\r?\n/).filter((line) => !line.startsWith('#') && nameRule(line).test(name));
  return fitting.length > 0 && fitting.at(-1)?.startsWith('!') === false;
}

/** `/.devgen/**`, `**` and a slash before `.devgen/`, `.*`: the pattern of the name alone. */
function nameRule(line: string): RegExp {
  const pattern = line
    .trimEnd()
    .replace(/^!/, '')
    .replace(/^(?:\*\*)?\//, '')
    .replace(/\/(?:\*{1,2})?$/, '');
  const parts = pattern.split(/(\*+|\?)/).map((part) => {
    if (part === '?') return '[^/]';
    return part.startsWith('*') ? '[^/]*' : part.replace(/[^\w/-]/g, '\\$&');
  });
  return new RegExp(`^${pattern === '' ? '(?!)' : parts.join('')}$`);
}
