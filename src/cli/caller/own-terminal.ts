import { readlinkSync } from 'node:fs';
import { errorCode } from '../../platform/error-code.ts';
import { ownIdentity } from '../../platform/process-identity.ts';
import type { User } from '../../runtime/state/use-file.ts';
import { kindOfStream } from '../screen/kind-of-stream.ts';

/** The name of the terminal that this command is on, such as `pts/3`; where the system does not tell, `terminal`. */
export function ownTerminal(): string | null {
  const fd = [0, 1, 2].find((each) => kindOfStream(each) === 'terminal');
  if (fd === undefined) return null;
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).replace(/^\/dev\//, '');
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return 'terminal';
  }
}

/** This command, as one who looks at these services. */
export function terminalUser(names: readonly string[]): User {
  return { name: ownTerminal() ?? 'a command', identity: ownIdentity(), names };
}
