import { randomBytes } from 'node:crypto';

/** 32 hexadecimal digits, never the same twice. */
export function newRunId(): string {
  return randomBytes(16).toString('hex');
}
