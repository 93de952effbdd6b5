import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok } from '../../base/result.ts';
import type { WithSetup } from '../setup/set-up-first.ts';
import type { Taken } from './option-values.ts';
import type { RawCommand } from './raw-command.ts';

/** One service on this terminal. */
export interface ForegroundCommand extends WithSetup {
  readonly kind: 'foreground';
  readonly name: string;
  readonly mode: 'normal' | 'force';
  /** `null`: as configured. */
  readonly port: number | null;
}

/** `up NAME --fg`, where most options of `up` mean nothing. */
export function foregroundCommand(
  { positionals, options }: RawCommand,
  { port, setup }: Pick<ForegroundCommand, 'port' | 'setup'>,
): Taken<ForegroundCommand> {
  const [name, ...others] = positionals;
  const meaningless = ['detach', 'json', 'timeout', 'events'].find((option) => options[option] !== undefined);
  if (meaningless !== undefined) return err(refusal(`\`--fg\` does not go with \`--${meaningless}\``));
  if (name === undefined || others.length > 0) return err(refusal('`--fg` needs exactly one service'));
  return ok({ kind: 'foreground', name, mode: options.force ? 'force' : 'normal', port, setup });
}

function refusal(message: string): Diagnostic {
  return { code: 'usage/foreground', message, hint: 'Write `NAME --fg`: it runs on this terminal until it ends.' };
}
