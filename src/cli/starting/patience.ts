import { callingAgent } from '../caller/calling-agent.ts';
import type { CommandContext } from '../context/command-context.ts';

/** Agents and scripts give a command up after 30 s, and know nothing then. */
const PATIENCE_MS = 25_000;

/**
 * How long a command that was given no time waits before it says that it is still trying; `null`: until it is over. A
 * person can see what it does, and in CI nothing but the end is of use.
 */
export function patienceOf({ screen, checkout }: Pick<CommandContext, 'screen' | 'checkout'>): number | null {
  const { environment } = checkout;
  if (callingAgent(environment) !== null) return PATIENCE_MS;
  return screen.isWatched || (environment.CI ?? '') !== '' ? null : PATIENCE_MS;
}
