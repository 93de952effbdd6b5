import type { Diagnostic } from '../base/diagnostic.ts';
import { AmountExpression, type WithAmounts } from '../config/amount.ts';
import { formatPath, isMapping } from '../config/show-value.ts';
import type { ConfigPath, Locate } from '../config/source.ts';
import { expandVariables, plainReferences } from './expand.ts';
import type { LookUpSetting } from './setting-variables.ts';

/** The expressions in a part of the config, with their places below it. */
export function amountExpressions(
  value: unknown,
  path: ConfigPath = [],
): readonly { readonly path: ConfigPath; readonly expression: AmountExpression }[] {
  if (value instanceof AmountExpression) return [{ path, expression: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => amountExpressions(item, [...path, index]));
  return isMapping(value)
    ? Object.entries(value).flatMap(([key, member]) => amountExpressions(member, [...path, key]))
    : [];
}

/** The same with each expression as the amount it is; `NaN` for one that is none. */
export function settleAmounts<Value>(value: Value, lookUp: LookUpSetting, path: ConfigPath = []): WithAmounts<Value> {
  const settle = (member: unknown, at: ConfigPath): unknown => {
    if (member instanceof AmountExpression) return amountOf(member, (name) => lookUp(name, at));
    if (Array.isArray(member)) return member.map((item, index) => settle(item, [...at, index]));
    if (!isMapping(member)) return member;
    return Object.fromEntries(Object.entries(member).map(([key, inner]) => [key, settle(inner, [...at, key])]));
  };
  // The mapping above is what the type says; TypeScript cannot follow it through `Object.fromEntries`.
  return settle(value, path) as WithAmounts<Value>;
}

/** Those that are no amount, in the order of the config. */
export function amountMistakes(config: unknown, lookUp: LookUpSetting, locate: Locate): readonly Diagnostic[] {
  return amountExpressions(config).flatMap(({ path, expression }) => {
    const { text, expected, read } = expression;
    const isSet = (name: string) => lookUp(name, path);
    const expanded = expandVariables(text, isSet);
    if (expanded.ok && read(expanded.value) !== undefined) return [];
    const place = locate(path, 'value');
    const name = formatPath(path);
    const unset = plainReferences(text).find((variable) => isSet(variable) === undefined);
    if (!expanded.ok)
      return [{ code: 'config/invalid-value', message: `\`${name}\`: ${expanded.error.message}`, place }];
    if (unset !== undefined) {
      const message = `\`${name}\` must be ${expected}, and \`${unset}\` is not set`;
      const hint = `Set it, or write \`\${${unset}:-default}\`.`;
      return [{ code: 'config/variable-undefined', message, hint, place }];
    }
    const message = `\`${name}\` must be ${expected}, not \`${expanded.value}\`, which \`${text}\` stands for`;
    return [{ code: 'config/invalid-value', message, place }];
  });
}

function amountOf({ text, read }: AmountExpression, lookUp: (name: string) => string | undefined): number {
  const expanded = expandVariables(text, lookUp);
  return (expanded.ok ? read(expanded.value) : undefined) ?? Number.NaN;
}
