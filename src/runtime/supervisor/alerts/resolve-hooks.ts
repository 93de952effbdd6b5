import { err, ok, type Result } from '../../../base/result.ts';
import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import { expandVariables, type Lookup, plainReferences } from '../../../plan/expand.ts';
import type { HookPlan } from '../../../plan/plan.ts';
import type { HookKind } from '../../state/hook-outcomes.ts';

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
export function resolveHooks(
  { webhook, command, desktop }: HookPlan,
  { exported, named }: CommandEnvironment,
): readonly Result<Hook, HookProblem>[] {
  const lookup: Lookup = (name) => {
    if (Object.hasOwn(named, name)) return named[name];
    return Object.hasOwn(exported, name) ? exported[name] : undefined;
  };
  return [
    ...(webhook === null ? [] : [resolveWebhook(webhook, lookup)]),
    ...(command === null ? [] : [ok<Hook>({ kind: 'command', command })]),
    ...(desktop ? [ok<Hook>({ kind: 'desktop' })] : []),
  ];
}

function resolveWebhook(webhook: NonNullable<HookPlan['webhook']>, lookup: Lookup): Result<Hook, HookProblem> {
  const refuse = (problem: string) => err({ hook: 'webhook' as const, problem });
  const url = put(webhook.url, lookup);
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
