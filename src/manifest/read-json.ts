/** A byte order mark, its bytes read as latin1. */
const BYTE_ORDER_MARK = /^\u00ef\u00bb\u00bf/;

/** The data of a JSON text; `undefined`: it is none. */
export function readJsonText(text: string): unknown {
  try {
    return JSON.parse(text.replace(BYTE_ORDER_MARK, ''));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

/** The same where comments and trailing commas are allowed, as VS Code allows them. */
export function readJsonWithComments(text: string): unknown {
  const bare = text.replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, '$1');
  return readJsonText(bare.replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, '$1'));
}

/** The value of a member; `undefined`: there is none, or `value` is no object. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
