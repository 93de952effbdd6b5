import type { RawCommand } from './raw-command.ts';

/** `json`: one document on stdout, or one a line when following. */
export type OutputFormat = 'text' | 'json';

export function formatOf({ options }: RawCommand): OutputFormat {
  return options.json ? 'json' : 'text';
}
