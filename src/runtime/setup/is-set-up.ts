import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, SetupStep } from '../../plan/plan.ts';
import { judgeStep } from './judge-step.ts';
import { lookAtStep } from './look-at-step.ts';
import { lackingFiles } from './main-files.ts';

/** Whether it is plain that nothing has to be done before a start. */
export function isReadyToStart(root: string, { setup, worktree }: Pick<Plan, 'setup' | 'worktree'>): boolean {
  return isSetUp(root, setup) && lackingFiles(root, worktree.copy).length === 0;
}

/** Whether it is plain that no step has to run. `false`: one has to, or that takes a closer look. */
export function isSetUp(root: string, steps: readonly SetupStep[]): boolean {
  return steps.every((step) => {
    if (step.kind === 'copy') return isThere(root, step.to);
    const facts = lookAtStep(root, step);
    return facts !== undefined && judgeStep(facts).kind === 'fresh';
  });
}

/** A link that leads nowhere is something that is there. */
export function isThere(root: string, path: string): boolean {
  return lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
}
