import { err, ok, type Result } from '../../../base/result.ts';
import { type CommandEnvironment, lookupIn } from '../../../plan/command-environment.ts';
import { expandVariables, type Lookup, plainReferences } from '../../../plan/expand.ts';
import { type HookKind, hooksOf, type PlannedHook } from '../../../plan/hooks-of.ts';
import type { HookPlan } from '../../../plan/plan.ts';

/** A hook with everything that it needs, ready to be told. */
export type Hook =
  | { readonly kind: 'webhook'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'desktop' };

export interface HookProblem {
  readonly hook: HookKind;
  readonly problem: string;
}

/** The hooks of a plan, each with the values of its variables put in, or what is missing: nothing is posted raw. */
export function resolveHooks(hooks: HookPlan, environment: CommandEnvironment): readonly Result<Hook, HookProblem>[] {
  return hooksOf(hooks).map((planned) => resolveHook(planned, lookupIn(environment)));
}

function resolveHook(planned: PlannedHook, lookup: Lookup): Result<Hook, HookProblem> {
  switch (planned.hook) {
    case 'webhook':
      return resolveWebhook(planned, lookup);
    case 'command':
      return ok({ kind: 'command', command: planned.target });
    case 'desktop':
      return ok({ kind: 'desktop' });
  }
}

type PlannedWebhook = Extract<PlannedHook, { readonly hook: 'webhook' }>;

function resolveWebhook(webhook: PlannedWebhook, lookup: Lookup): Result<Hook, HookProblem> {
  const refuse = (problem: string) => err({ hook: 'webhook' as const, problem });
  const url = put(webhook.target, lookup);
  if (!url.ok) return refuse(`${url.error} of its URL`);
  if (!/^https?:\/\//.test(url.value) || !URL.canParse(url.value)) return refuse('what its URL comes to be is no URL');
  const headers: Record<string, string> = {};
  for (const [name, written] of Object.entries(webhook.headers)) {
    const value = put(written, lookup);
    if (!value.ok) return refuse(`${value.error} of its header \`${name}\``);
    headers[name] = value.value;
  }
  const refusal = refusalOf(url.value, headers);
  return refusal === null ? ok({ kind: 'webhook', url: url.value, headers }) : refuse(refusal);
}

/** What no request can carry; `null`: nothing. Its value may be a secret, and is not told. */
function refusalOf(address: string, headers: Readonly<Record<string, string>>): string | null {
  const { username, password } = new URL(address);
  if (username !== '' || password !== '') {
    return 'its URL has a user name or password; write `headers: { Authorization: … }` instead';
  }
  const name = Object.keys(headers).find((each) => !isHeader(each, headers[each] ?? ''));
  return name === undefined ? null : `its header \`${name}\` has a character that no header can have`;
}

function isHeader(name: string, value: string): boolean {
  try {
    new Headers([[name, value]]);
    return true;
  } catch {
    return false; // Nothing else is thrown for two texts.
  }
}

/** What is not set has no default and is not empty by accident: it is refused. */
function put(text: string, lookup: Lookup): Result<string, string> {
  const missing = plainReferences(text).find((name) => (lookup(name) ?? '') === '');
  if (missing !== undefined) return err(`\`$${missing}\` is not set,`);
  const expanded = expandVariables(text, lookup);
  if (expanded.ok) return expanded;
  return err('message' in expanded.error ? `${expanded.error.message},` : 'there is no sense in a variable');
}
