import { callingAgent, OWN_NAME } from './calling-agent.ts';

/** What a client is called that does not say which agent it is. */
export const UNNAMED = 'mcp';

/** Room for what follows it in a caller's key. */
const LONGEST_NAME = 40;

/**
 * The environment for commands that are run for a client: each is a caller of its own, for two sessions of one agent
 * are told of an error each.
 */
export function ownCaller(
  environment: Readonly<Record<string, string | undefined>>,
  clientPid: number,
): Readonly<Record<string, string>> {
  const name = `${(callingAgent(environment) ?? UNNAMED).slice(0, LONGEST_NAME)}-${clientPid}`;
  return Object.fromEntries(
    Object.entries({ ...environment, [OWN_NAME]: name }).flatMap(([variable, value]) =>
      value === undefined ? [] : [[variable, value]],
    ),
  );
}
