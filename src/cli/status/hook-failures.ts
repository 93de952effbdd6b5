import { hooksOf } from '../../plan/hooks-of.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { type HookFailure, readHookFailures } from '../../runtime/state/hook-outcomes.ts';

/** The hooks of the config that failed the last time they were told something. */
export function hookFailures({ root, plan }: Pick<Checkout, 'root' | 'plan'>): readonly HookFailure[] {
  const hooks = hooksOf(plan.hooks);
  return hooks.length === 0
    ? []
    : readHookFailures(root).filter(({ hook }) => hooks.some((each) => each.hook === hook));
}
