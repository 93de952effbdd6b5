import { apply } from './engine/apply.ts';
import type { Step } from './engine/step.ts';
import { actionOf, type GenerateMode, type GenerateReport, type Notice } from './report.ts';
import { validateRendered } from './validate-rendered.ts';

export interface Intention {
  readonly root: string;
  readonly mode: GenerateMode;
  readonly now: Date;
  readonly steps: readonly Step[];
  readonly notices: readonly Notice[];
}

/** Checks what was planned, takes the steps if the mode says so, and tells what came of it. */
export async function carryOut({ root, mode, now, steps, notices }: Intention): Promise<GenerateReport> {
  const actions = steps.map((step) => actionOf(step, mode === 'diff' ? 'every-text' : 'users-texts'));
  const diagnostics = await validateRendered(steps);
  const report = { actions, diagnostics, notices, backup: null };
  if (diagnostics.length > 0 || steps.some((step) => step.kind === 'refuse')) return { ...report, outcome: 'refused' };
  if (steps.every((step) => step.kind === 'unchanged')) return { ...report, outcome: 'up-to-date' };
  if (mode !== 'write') return { ...report, outcome: 'would-change' };
  const applied = apply(root, steps, now);
  if (!applied.ok) return { ...report, outcome: 'refused', diagnostics: applied.error };
  return { ...report, outcome: 'written', backup: applied.value.backup };
}
