import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import type { ManagerError } from './manager.ts';

/** The value, or everything that is wrong, thrown. */
export function unwrap<Value>(result: Result<Value, readonly Diagnostic[]>): Value {
  if (result.ok) return result.value;
  throw managerError(result.error);
}

export function managerError(diagnostics: readonly Diagnostic[]): ManagerError {
  const lines = diagnostics.flatMap(({ message, hint, place }) => {
    const where = place?.file === undefined ? '' : ` (${place.file}:${place.position?.line ?? 1})`;
    return [`${message}${where}`, ...(hint === undefined ? [] : [`  ${hint}`])];
  });
  const { code = 'internal' } = diagnostics[0] ?? {};
  return Object.assign(new Error(lines.join('\n')), { name: 'ManagerError', code });
}
