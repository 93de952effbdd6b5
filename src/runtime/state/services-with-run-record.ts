import { readdirSync } from 'node:fs';
import { pathsOf } from './paths.ts';

/** The services of this checkout that have a record, readable or not, in alphabetical order. */
export function servicesWithRunRecord(root: string): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(pathsOf(root).runs);
  } catch {
    return []; // Nothing ever ran here, or the folder is not ours to read, which `findDeniedState` tells.
  }
  return names
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}
