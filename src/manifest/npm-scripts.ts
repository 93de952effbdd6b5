import type { FoundPart } from './find-part.ts';
import { isObject, memberOf, readJsonText } from './read-json.ts';

/** Starts the value of every npm script that devgen writes: that is how it knows its own again. */
export const OWN_SCRIPT = 'node .devgen/runtime/front.cjs ';

export function isOwnScript(command: unknown): command is string {
  return typeof command === 'string' && command.startsWith(OWN_SCRIPT);
}

/** The scripts of ours in a package.json: one `"name": "value"` a line, in the file's order. */
export function findScripts(text: string): FoundPart {
  const root = readJsonText(text);
  if (isObject(root) && !Object.hasOwn(root, 'scripts')) return { kind: 'absent' };
  const scripts = memberOf(root, 'scripts');
  if (!isObject(scripts)) return { kind: 'damaged' };
  const own = Object.entries(scripts).filter(([, command]) => isOwnScript(command));
  if (own.length === 0) return { kind: 'absent' };
  return {
    kind: 'found',
    body: own.map(([name, command]) => `${JSON.stringify(name)}: ${JSON.stringify(command)}\n`).join(''),
  };
}
