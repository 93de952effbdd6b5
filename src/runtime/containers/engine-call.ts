import { type CommandOutcome, runCommand } from '../../platform/run-command.ts';
import { withoutRunTags } from '../../platform/run-marks.ts';

/** Where the engine's commands run, and with which variables: compose puts them into its files. */
export interface EngineContext {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Aborted: what runs is ended. */
  readonly signal?: AbortSignal;
}

/** An engine that hangs is not waited for. */
const LIMIT_MS = 15_000;

/** Asks the engine something that it answers at once. The end of the run for which it is asked spares the call. */
export function askEngine(
  [file = '', ...args]: readonly string[],
  { cwd, environment, signal }: EngineContext,
  timeoutMs: number = LIMIT_MS,
): Promise<CommandOutcome> {
  const command = { kind: 'direct', file, args } as const;
  return runCommand({
    command,
    cwd,
    environment: withoutRunTags(environment),
    output: 'capture',
    timeoutMs,
    ...(signal && { signal }),
  });
}
