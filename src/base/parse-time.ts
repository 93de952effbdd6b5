const TIME = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Epoch ms of a time as ISO 8601 writes it: `2026-01-31`, `2026-01-31T09:00`, `2026-01-31 09:00:30.5Z`. Without an
 * offset it is local time, a date its first moment. `undefined` when the text is none, or names a day or hour that does
 * not exist.
 */
export function parseTime(text: string): number | undefined {
  const match = TIME.exec(text.trim());
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const ms = Math.floor(Number(match[7] ?? 0) * 1000);
  // A day or hour that does not exist is another one for `Date`.
  const named = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (named.toISOString().slice(0, 19) !== isoOf([year, month, day, hour, minute, second])) return undefined;
  const offset = match[8];
  if (offset !== undefined) return named.getTime() + ms - offsetMs(offset);
  return new Date(year, month - 1, day, hour, minute, second, ms).getTime();
}

function isoOf(parts: readonly number[]): string {
  const [year, month, day, hour, minute, second] = parts.map((part, index) =>
    String(part).padStart(index === 0 ? 4 : 2, '0'),
  );
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
