import type { ConfigPath } from './source.ts';

/** A path as messages show it: `services.backend.waitFor[0]`. */
export function formatPath(path: ConfigPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** What stands at a path of the raw data; `undefined`: nothing. */
export function valueAt(data: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return Object.entries(value).find(([key]) => key === String(step))?.[1];
  }, data);
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a message names it: scalars as they are, anything larger by its kind. */
export function formatValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : `\`${shortened(value)}\``;
  return `\`${String(value)}\``;
}

function shortened(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > 60 || line !== text.trim() ? `${line.slice(0, 57)}…` : line;
}
