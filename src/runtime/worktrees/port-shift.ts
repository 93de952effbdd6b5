import { LAST_PORT } from '../../base/port-number.ts';
import { isUnsafePort } from '../../base/unsafe-ports.ts';
import type { Plan } from '../../plan/plan.ts';
import { wantedPorts } from '../../plan/wanted-ports.ts';
import { keepShift, type ShiftChoice, shiftOf } from './kept-shift.ts';

export interface ShiftedProject {
  readonly root: string;
  readonly plan: Plan;
}

const STEP = 10;
const MOST_STEPS = 999;

/** How far the ports of this worktree lie above those of the main one; `null`: it was not given ports yet. */
export function knownShift({ root, plan }: ShiftedProject): number | null {
  return plan.worktreePorts === 'fallback' ? 0 : shiftOf(root);
}

/** The same; gives it ports where it has none. Call it under the lock of the ports. */
export function takeShift(project: ShiftedProject): number {
  const ports = portsOf(project);
  return keepShift(project.root, (choice) => chooseShift(ports, choice));
}

/**
 * The least multiple of ten by which every port can be used, and none is one of another worktree. 0: there is none, so
 * whatever is free when it starts is used.
 */
export function chooseShift(ports: readonly number[], { before, others }: ShiftChoice): number {
  const distances = new Set([0, ...ports.flatMap((one) => ports.map((other) => Math.abs(one - other)))]);
  const isFree = (shift: number): boolean =>
    ports.every((port) => isFit(port + shift)) && !others.some((other) => distances.has(Math.abs(shift - other)));
  const steps = Array.from({ length: MOST_STEPS + 1 }, (_, index) => index * STEP);
  return [...(before === null ? [] : [before]), ...steps].find(isFree) ?? 0;
}

function isFit(port: number): boolean {
  return port <= LAST_PORT && !isUnsafePort(port);
}

/** Whatever a shell says: they decide for all shells. */
function portsOf({ plan }: ShiftedProject): readonly number[] {
  const wanted = wantedPorts(plan, {}, { overrides: {}, shift: 0 });
  return wanted.ok ? [...wanted.value.values()].filter((port) => typeof port === 'number') : [];
}
