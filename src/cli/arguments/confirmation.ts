import type { RawCommand } from './raw-command.ts';

/** `assumed`: the user said yes on the command line. */
export type Confirmation = 'asked' | 'assumed';

export function confirmationOf({ options }: RawCommand): Confirmation {
  return options.yes ? 'assumed' : 'asked';
}
