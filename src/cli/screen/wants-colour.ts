import { callingAgent } from '../caller/calling-agent.ts';
import type { StreamKind } from './kind-of-stream.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether to colour what goes to one stream. `FORCE_COLOR` beats everything (`0` and `false` turn colours off), then
 * `NO_COLOR`, then what the stream is; for a coding agent colours are noise, on a terminal too.
 * Source: no-color.org, force-color.org.
 */
export function wantsColour(stream: StreamKind, environment: Environment): boolean {
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return false;
  return stream === 'terminal' && environment.TERM !== 'dumb' && callingAgent(environment) === null;
}

/** Whether a person sits in front of it: then a command may attach and ask. */
export function isInteractive(streams: readonly StreamKind[], environment: Environment): boolean {
  const ci = environment.CI;
  const isCi = ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
  if (isCi || environment.TERM === 'dumb' || callingAgent(environment) !== null) return false;
  return streams.every((stream) => stream === 'terminal');
}
