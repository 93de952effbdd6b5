import type { Plan } from '../../plan/plan.ts';

/** One working copy, as a command finds it. */
export interface Checkout {
  /** The real path. */
  readonly root: string;
  readonly plan: Plan;
  /** The shell's environment as it is; what services must not see is taken out later. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder with `supervisor.cjs`. */
  readonly runtimeDirectory: string;
}
