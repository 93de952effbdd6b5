import { placeFor } from '../../generate/emit/place-for.ts';
import { readRepository } from '../../generate/emit/read-repository.ts';
import { EMIT_NAMES, EMITTED, type EmitName, type EmitOptions } from '../../manifest/emitted-files.ts';
import type { Option } from './prompts.ts';

/** What can be generated here besides the launcher, and what of it is unless the user says otherwise. */
export interface EmitChoices {
  readonly options: readonly Option<EmitName>[];
  readonly usual: readonly EmitName[];
}

export async function emitChoices(root: string): Promise<EmitChoices> {
  const repository = await readRepository(root);
  const possible = EMIT_NAMES.filter((name) => placeFor(name, repository) !== 'none');
  return {
    options: possible.map((value) => ({ value, label: EMITTED[value].option.label })),
    usual: possible.filter((name) => placeFor(name, repository) === 'there'),
  };
}

/** What the config has to say for just these to be generated. */
export function emitSettings({ options, usual }: EmitChoices, chosen: readonly EmitName[]): EmitOptions {
  const changed = options.filter(({ value }) => usual.includes(value) !== chosen.includes(value));
  return Object.fromEntries(changed.map(({ value }) => [value, chosen.includes(value)]));
}
