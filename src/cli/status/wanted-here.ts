import { wantedPorts } from '../../plan/wanted-ports.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { knownShift } from '../../runtime/worktrees/port-shift.ts';

/** The ports that the services of this worktree would want at a start by this shell. */
export function wantedHere(checkout: Checkout): ReturnType<typeof wantedPorts> {
  return wantedPorts(checkout.plan, checkout.environment, { overrides: {}, shift: knownShift(checkout) ?? 0 });
}
