import type { Place } from '../base/diagnostic.ts';

/** Keys and indexes from the top of the config down to one value. */
export type ConfigPath = readonly (string | number)[];

/**
 * Where a value, or the key it stands under, is in the user's file; what the file does not hold is placed at the
 * nearest thing above.
 */
export type Locate = (path: ConfigPath, part: 'key' | 'value') => Place;

/** A config as data, not yet checked, together with the way back to its text. */
export interface SourceDocument {
  readonly data: unknown;
  readonly locate: Locate;
}
