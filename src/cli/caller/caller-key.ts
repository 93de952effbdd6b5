import { findProcess } from '../../platform/process-table.ts';
import { kindOfStream } from '../screen/kind-of-stream.ts';
import { callingAgent } from './calling-agent.ts';

const LONGEST = 80;
const STREAMS = [0, 1, 2];

/**
 * Tells one caller from another between commands: an agent by its name, a person by the session of the terminal; all
 * others are one. Not a secret, and not unique for ever.
 */
export function callerKey(environment: Readonly<Record<string, string | undefined>>): string {
  const agent = callingAgent(environment);
  if (agent !== null) return `agent ${agent}`.slice(0, LONGEST);
  const hasTerminal = STREAMS.some((fd) => kindOfStream(fd) === 'terminal');
  return hasTerminal ? `session ${findProcess(process.pid)?.sessionId ?? 0}` : 'no terminal';
}
