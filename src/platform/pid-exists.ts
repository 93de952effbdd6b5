import { errorCode } from './error-code.ts';

/**
 * Whether any process has this pid now, a zombie and another user's included. A pid is reused: to know whether a
 * certain process lives, ask `isAlive` with its identity.
 */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ESRCH') return false;
    if (code === 'EPERM') return true;
    throw thrown;
  }
}
