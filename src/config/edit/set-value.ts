import { isDeepStrictEqual } from 'node:util';
import { err, ok, type Result } from '../../base/result.ts';
import type { ConfigFile } from '../find-config.ts';
import { isMapping, valueAt } from '../show-value.ts';
import type { ConfigPath } from '../source.ts';
import { type EditableText, openJson, openYaml } from './editable-text.ts';

/** Why a text cannot be changed for the user. */
export type EditRefusal =
  /** It is a program: only its author can. */
  | { readonly reason: 'script' }
  /** What stands at `path` holds no keys: a scalar, or a list that is too short. */
  | { readonly reason: 'no-mapping'; readonly path: ConfigPath }
  /** What stands at `path` stands elsewhere too, by an anchor and its aliases: a change would be one of both. */
  | { readonly reason: 'shared'; readonly path: ConfigPath }
  /** It is not even YAML or JSON. */
  | { readonly reason: 'syntax' };

/**
 * The text of a config in which the value at `path` is `value`; everything else, comments too, stays as it is as far as
 * that is possible. Whether the value makes sense is for others to check.
 */
export function setValue(file: ConfigFile, path: ConfigPath, value: unknown): Result<string, EditRefusal> {
  const text = open(file);
  if (text === undefined)
    return err({ reason: file.format === 'script' || file.format === 'typescript' ? 'script' : 'syntax' });
  const whole = [...text.prefix, ...path];
  const wanted = withValue(text.data, whole, value);
  if (!wanted.ok) return err({ reason: 'no-mapping', path: wanted.error.slice(text.prefix.length) });
  for (const attempt of text.attempts({ path: whole, value, wanted: wanted.value })) {
    const candidate = attempt();
    // A change of text is only good if it is read as the change of data that was wanted.
    if (candidate !== undefined && isDeepStrictEqual(text.read(candidate), wanted.value)) return ok(candidate);
  }
  const shared = text.sharedOn(whole);
  return err(shared === undefined ? { reason: 'no-mapping', path } : { reason: 'shared', path: shared });
}

/** Whether something stands at a path of the config. */
export function hasValue(file: ConfigFile, path: ConfigPath): boolean {
  const text = open(file);
  return text !== undefined && valueAt(text.data, [...text.prefix, ...path]) !== undefined;
}

function open({ format, text }: ConfigFile): EditableText | undefined {
  switch (format) {
    case 'yaml':
      return openYaml(text);
    case 'json':
      return openJson(text, []);
    case 'yaml-or-json':
      return openJson(text, []) ?? openYaml(text);
    case 'package':
      return openJson(text, ['devgen']);
    case 'script':
    case 'typescript':
      return undefined;
  }
}

/** `data` with `value` at `path`, mappings made where there are none; or the path of what is in the way. */
function withValue(data: unknown, path: ConfigPath, value: unknown): Result<unknown, ConfigPath> {
  const [step, ...rest] = path;
  if (step === undefined) return ok(value);
  const above = data ?? {};
  if (Array.isArray(above)) {
    const index = Number(step);
    if (!Number.isInteger(index) || index < 0 || index > above.length) return err([]);
    const item = withValue(above[index], rest, value);
    return item.ok ? ok(above.toSpliced(index, 1, item.value)) : err([step, ...item.error]);
  }
  if (!isMapping(above)) return err([]);
  const member = withValue(valueAt(above, [step]), rest, value);
  return member.ok ? ok({ ...above, [step]: member.value }) : err([step, ...member.error]);
}
