import type { Checkout } from '../../runtime/client/checkout.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { Screen } from '../screen/screen.ts';

/** What a runtime command works with. */
export interface CommandContext {
  readonly checkout: Checkout;
  readonly screen: Screen;
  readonly words: Words;
}

/** For a command with `--port`: what it advises repeats that. */
export function withPorts(context: CommandContext, ports: Readonly<Record<string, number>>): CommandContext {
  return { ...context, words: { ...context.words, ports } };
}
