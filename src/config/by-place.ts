import type { Diagnostic } from '../base/diagnostic.ts';

/** The order of the file; what has no position comes first. */
export function byPlace(left: Diagnostic, right: Diagnostic): number {
  const [a, b] = [left.place?.position, right.place?.position];
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
