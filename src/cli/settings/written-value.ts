const DURATIONS = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

const SIZES = [
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['KB', 1024],
] as const;

/** A duration as the config takes it, in the largest unit that needs no fraction: `10s`, `1500ms`. */
export function writtenDuration(ms: number): string {
  return inLargestUnit(ms, DURATIONS) ?? `${ms}ms`;
}

/** A size as the config takes it: `512MB`. */
export function writtenSize(bytes: number): string {
  return inLargestUnit(bytes, SIZES) ?? `${bytes}`;
}

function inLargestUnit(amount: number, units: readonly (readonly [string, number])[]): string | undefined {
  const unit = units.find(([, size]) => amount > 0 && amount % size === 0);
  return unit === undefined ? undefined : `${amount / unit[1]}${unit[0]}`;
}
