/** `[section]` and `key = value` lines as objects of texts; what stands before the first section is at the top. */
export function parseIni(text: string): Readonly<Record<string, unknown>> {
  const top: Record<string, unknown> = {};
  let section = top;
  for (const line of text.split('\n')) {
    const name = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (name !== undefined) {
      section = {};
      top[name.trim().toLowerCase()] = section;
    }
    const [, key, value = ''] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined) section[key] = value;
  }
  return top;
}
