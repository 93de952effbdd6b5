import { readFileSync, statSync } from 'node:fs';
import { errorCode, expectCodes } from '../platform/error-code.ts';

export type EnvFileText =
  | {
      readonly kind: 'read';
      readonly text: string;
      /** A pipe gives its text only once. */
      readonly repeatable: boolean;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly code: string };

/** Reads an env file. A directory of that name (a virtual environment may be called `.env`) counts as absent. */
export function readEnvFile(path: string): EnvFileText {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return { kind: 'absent' };
    return { kind: 'read', text: readFileSync(path, 'utf8'), repeatable: stats.isFile() };
  } catch (error) {
    expectCodes(error, ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP']);
    const code = errorCode(error) ?? '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'absent' } : { kind: 'unreadable', code };
  }
}
