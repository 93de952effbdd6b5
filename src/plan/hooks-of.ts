import type { HookPlan } from './plan.ts';

/** A hook that a plan has, and whom it tells, as the config says it; empty: there is nothing to say. */
export type PlannedHook =
  | { readonly hook: 'webhook'; readonly target: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly hook: 'command' | 'desktop'; readonly target: string };

export type HookKind = PlannedHook['hook'];

export function hooksOf({ webhook, command, desktop }: HookPlan): readonly PlannedHook[] {
  return [
    ...(webhook === null ? [] : [{ hook: 'webhook', target: webhook.url, headers: webhook.headers } as const]),
    ...(command === null ? [] : [{ hook: 'command', target: command } as const]),
    ...(desktop ? [{ hook: 'desktop', target: '' } as const] : []),
  ];
}
