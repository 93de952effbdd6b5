/**
 * A copy of JSON data in which every text has gone through `change`, told the key it stands at; what stands in a list
 * is told the list's key. Keys stay.
 */
export function mapTexts<Data>(data: Data, change: (text: string, key: string) => string): Data {
  // Texts become texts, and all else keeps its kind: what comes out is of the type that went in.
  return mapped(data, '', change) as Data;
}

function mapped(value: unknown, key: string, change: (text: string, key: string) => string): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map((item) => mapped(item, key, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, name, change)]));
}
