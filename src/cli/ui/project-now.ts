import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { loadPlan } from '../../plan/load-plan.ts';
import { readCachedPlan } from '../../plan/plan-cache.ts';
import type { CommandContext } from '../context/command-context.ts';
import { withPlan } from '../context/create-context.ts';

/** To compile a config that is broken costs as much as one that is not, and its user is at work on it. */
const PATIENCE_MS = 2000;

/** The project as its config has it at each moment; while that makes no plan, as it was. */
export class ProjectNow {
  #context: CommandContext;
  #mistakes: readonly Diagnostic[] = [];
  #compiledAt = Number.NEGATIVE_INFINITY;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  get context(): CommandContext {
    return this.#context;
  }

  /** What is wrong with the config. */
  get mistakes(): readonly Diagnostic[] {
    return this.#mistakes;
  }

  async look(): Promise<void> {
    const { root } = this.#context.checkout;
    const cached = readCachedPlan(root);
    if (cached === undefined && performance.now() - this.#compiledAt < PATIENCE_MS) return;
    const loaded = cached === undefined ? await loadPlan(root) : { ok: true as const, value: cached };
    if (cached === undefined) this.#compiledAt = performance.now();
    this.#mistakes = loaded.ok ? [] : loaded.error;
    if (!loaded.ok || isDeepStrictEqual(loaded.value, this.#context.checkout.plan)) return;
    this.#context = withPlan(this.#context, loaded.value);
  }
}
