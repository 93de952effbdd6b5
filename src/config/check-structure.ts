import type { Diagnostic } from '../base/diagnostic.ts';
import { checkNames } from './check-names.ts';
import { checkReferences } from './check-references.ts';
import { outlineOf } from './config-outline.ts';
import type { Locate } from './source.ts';

/**
 * What is wrong with the names of a config and with how they refer to one another; tolerates data that is wrong
 * elsewhere.
 */
export function checkStructure(data: unknown, locate: Locate): Diagnostic[] {
  const outline = outlineOf(data);
  return [...checkNames(outline, locate), ...checkReferences(outline, locate)];
}
