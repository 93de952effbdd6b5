import type { ChangedPart } from '../../plan/changed-parts.ts';
import { enumerate, type Words } from '../../runtime/sentences/sentence.ts';

const PARTS: Readonly<Record<ChangedPart, string>> = {
  config: 'the config',
  envFile: 'its `envFile`',
  '.env': '`.env`',
};

/** That a service runs with an older configuration, and what to do about it; `null`: it does not. */
export function describeChanged(changed: readonly ChangedPart[], service: string, { program }: Words): string | null {
  if (changed.length === 0) return null;
  return `${nameParts(changed)} changed since it was started; \`${program} reload ${service}\` applies it`;
}

export function nameParts(changed: readonly ChangedPart[]): string {
  return enumerate(changed.map((part) => PARTS[part]));
}
