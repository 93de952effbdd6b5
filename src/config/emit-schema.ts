import * as z from 'zod/mini';
import { EMIT_NAMES, EMITTED, type EmitName } from '../manifest/emitted-files.ts';
import { flagSchema } from './values.ts';

type Switch = ReturnType<typeof switchOf>;

/** One key for every kind of file that can be left out. */
export const emit = z.strictObject(
  // `fromEntries` forgets which keys it was given.
  Object.fromEntries(EMIT_NAMES.map((name) => [name, switchOf(name)])) as Record<EmitName, Switch>,
);

function switchOf(name: EmitName) {
  return z.exactOptional(flagSchema.check(z.describe(EMITTED[name].option.describe)));
}
