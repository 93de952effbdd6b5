import { statSync } from 'node:fs';
import { errorCode, expectCodes } from '../platform/error-code.ts';
import { readPipe } from '../platform/read-pipe.ts';
import { LARGEST_DOCUMENT_BYTES, readRegularText } from '../platform/regular-file.ts';

export type EnvFileText =
  | {
      readonly kind: 'read';
      readonly text: string;
      /** A pipe gives its text only once. */
      readonly repeatable: boolean;
    }
  | { readonly kind: 'absent' }
  /** `code`: the system's, `EFBIG` for a file that is too large, `ETIMEDOUT` for a pipe that stayed empty. */
  | { readonly kind: 'unreadable'; readonly code: string };

/** Far longer than a password manager takes to notice that its pipe was opened. */
const PIPE = { maxBytes: LARGEST_DOCUMENT_BYTES, limitMs: 1000 };

/** Reads an env file. A directory of that name (a virtual environment may be called `.env`) counts as absent. */
export function readEnvFile(path: string): EnvFileText {
  try {
    if (statSync(path).isFIFO()) {
      const text = readPipe(path, PIPE);
      return text === undefined ? { kind: 'unreadable', code: 'ETIMEDOUT' } : { kind: 'read', text, repeatable: false };
    }
    return { kind: 'read', text: readRegularText(path), repeatable: true };
  } catch (error) {
    expectCodes(error, ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'ELOOP', 'EFTYPE', 'EFBIG', 'ENXIO']);
    const code = errorCode(error) ?? '';
    return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code) ? { kind: 'absent' } : { kind: 'unreadable', code };
  }
}
