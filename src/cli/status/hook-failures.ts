import type { HookPlan } from '../../plan/plan.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { type HookFailure, type HookKind, readHookFailures } from '../../runtime/state/hook-outcomes.ts';

export interface ConfiguredHook {
  readonly hook: HookKind;
  /** As the config says it; empty: nothing to say. */
  readonly target: string;
}

export function hooksOf({ webhook, command, desktop }: HookPlan): readonly ConfiguredHook[] {
  return [
    ...(webhook === null ? [] : [{ hook: 'webhook', target: webhook.url } as const]),
    ...(command === null ? [] : [{ hook: 'command', target: command } as const]),
    ...(desktop ? [{ hook: 'desktop', target: '' } as const] : []),
  ];
}

/** The hooks of the config that failed the last time they were told something. */
export function hookFailures({ root, plan }: Pick<Checkout, 'root' | 'plan'>): readonly HookFailure[] {
  const hooks = hooksOf(plan.hooks);
  return hooks.length === 0
    ? []
    : readHookFailures(root).filter(({ hook }) => hooks.some((each) => each.hook === hook));
}
