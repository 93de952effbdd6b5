import type { Plan } from '../../plan/plan.ts';
import type { LogNote } from '../logs/log-level.ts';
import type { Caller } from '../state/use-file.ts';

/** One working copy, as a command finds it. */
export interface Checkout {
  /** The real path. */
  readonly root: string;
  readonly plan: Plan;
  /** The shell's environment as it is; what services must not see is taken out later. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder with `supervisor.cjs`. */
  readonly runtimeDirectory: string;
  /** The coding agent that the command is run by, by its own process; absent or `null`: none is known. */
  readonly agent?: () => Caller | null;
  /** Told the supervisor's notes, decisions included, while a command waits for it; absent: they are not asked for. */
  readonly onNote?: (note: LogNote) => void;
  /** Told when this build's supervisor takes the place of another one's, over services that run. */
  readonly onReplacing?: () => void;
}
