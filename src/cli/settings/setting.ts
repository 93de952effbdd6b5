import type { Place } from '../../base/diagnostic.ts';

/** One value that is in effect, in the words of the config. */
export interface Setting {
  /** `services.backend.stop.grace`. */
  readonly key: string;
  /** As one would write it; `null`: nothing is set, and nothing is the default. */
  readonly value: SettingValue;
  readonly source: SettingSource;
}

export type SettingValue = string | number | boolean | null | readonly (string | number)[];

export type SettingSource =
  | { readonly kind: 'config'; readonly place: Place }
  | { readonly kind: 'default' }
  /** A variable that goes before the config: `BACKEND_PORT of the environment`. */
  | { readonly kind: 'variable'; readonly name: string };
