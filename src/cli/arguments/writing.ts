import type { RawCommand } from './raw-command.ts';

/**
 * All but `done` write nothing. `previewed`: show what would be written. `compared`: with every difference. `checked`:
 * fail when something would be.
 */
export type Writing = 'done' | 'previewed' | 'compared' | 'checked';

export function writingOf({ options }: RawCommand): Writing {
  if (options.check) return 'checked';
  if (options.diff) return 'compared';
  return options['dry-run'] ? 'previewed' : 'done';
}
