import { LAST_PORT } from '../../base/port-number.ts';
import { isUnsafePort } from '../../base/unsafe-ports.ts';
import type { Plan } from '../../plan/plan.ts';
import { wantedPorts } from '../../plan/wanted-ports.ts';
import { slotOf, takeSlot } from './slot.ts';

export interface ShiftedProject {
  readonly root: string;
  readonly plan: Plan;
}

const STEP = 10;
const LONGEST_STRIDE = 10 * STEP;
/** So many worktrees of one repository at once are reckoned with. */
const MOST_WORKTREES = 30;

/** How far the ports of this worktree lie above those of the main one; `null`: it was not given a slot yet. */
export function knownShift(project: ShiftedProject): number | null {
  if (project.plan.worktreePorts === 'fallback') return 0;
  const slot = slotOf(project.root);
  return slot === null ? null : slot * portStride(portsOf(project));
}

/** The same; gives it a slot where it has none. Call it under the lock of the ports. */
export function takeShift(project: ShiftedProject): number {
  const ports = portsOf(project);
  const stride = portStride(ports);
  return stride * takeSlot(project.root, (slot) => ports.every((port) => isFit(port + slot * stride)));
}

/** The least distance by which no port of one worktree meets another port of one close by. */
export function portStride(ports: readonly number[]): number {
  for (let stride = STEP; stride < LONGEST_STRIDE; stride += STEP) {
    if (!ports.some((one) => ports.some((other) => meets(other - one, stride)))) return stride;
  }
  return LONGEST_STRIDE;
}

function meets(distance: number, stride: number): boolean {
  return distance > 0 && distance % stride === 0 && distance / stride <= MOST_WORKTREES;
}

function isFit(port: number): boolean {
  return port <= LAST_PORT && !isUnsafePort(port);
}

/** Whatever a shell says: they decide for all shells. */
function portsOf({ plan }: ShiftedProject): readonly number[] {
  const wanted = wantedPorts(plan, {}, { overrides: {}, shift: 0 });
  return wanted.ok ? [...wanted.value.values()].filter((port) => typeof port === 'number') : [];
}
