import { withPortsLocked } from '../../ports/reservations.ts';
import { noteClone } from '../../worktrees/clones.ts';
import { knownShift, type ShiftedProject, takeShift } from '../../worktrees/port-shift.ts';

/**
 * How far the ports of this checkout lie above those of the first one. Whatever tells others where its services are, or
 * starts them, asks here first: without its slot a worktree would take the main one's addresses for its own.
 */
export async function ensureShift(project: ShiftedProject): Promise<number> {
  noteClone(project.root);
  return knownShift(project) ?? withPortsLocked(async () => takeShift(project));
}
