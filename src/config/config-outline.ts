import { isMapping } from './show-value.ts';
import type { ConfigPath } from './source.ts';

/**
 * The names of a config and how they refer to one another, taken from data that may be wrong elsewhere: so that a
 * misspelt dependency is reported together with a misspelt key.
 */
export interface ConfigOutline {
  readonly services: readonly OutlineEntry[];
  readonly tasks: readonly OutlineEntry[];
}

export interface OutlineEntry {
  readonly name: string;
  readonly path: ConfigPath;
  /** `dependsOn` of a service, `deps` of a task. */
  readonly after: readonly Reference[];
  /** `needs` of a task. */
  readonly needs: readonly Reference[];
  /** `instances` of a service. */
  readonly instances: number;
}

export interface Reference {
  readonly name: string;
  readonly path: ConfigPath;
}

export function outlineOf(data: unknown): ConfigOutline {
  return { services: outlineAll(data, 'services', 'dependsOn'), tasks: outlineAll(data, 'tasks', 'deps') };
}

function outlineAll(
  data: unknown,
  section: 'services' | 'tasks',
  after: 'dependsOn' | 'deps',
): readonly OutlineEntry[] {
  return entriesOf(member(data, section)).map(([name, value]) => {
    const path = [section, name];
    return {
      ...{ name, path, after: references(value, path, after), needs: references(value, path, 'needs') },
      instances: instancesOf(value),
    };
  });
}

function references(value: unknown, above: ConfigPath, key: string): readonly Reference[] {
  const list = member(value, key);
  if (!Array.isArray(list)) return [];
  return list.flatMap((name: unknown, index) =>
    typeof name === 'string' ? [{ name, path: [...above, key, index] }] : [],
  );
}

function instancesOf(value: unknown): number {
  const written = member(value, 'instances');
  return typeof written === 'number' ? written : 1;
}

function member(value: unknown, key: string): unknown {
  return entriesOf(value).find(([candidate]) => candidate === key)?.[1];
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return isMapping(value) ? Object.entries(value) : [];
}
