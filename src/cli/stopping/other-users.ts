import { callerPids } from '../../platform/caller-pids.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { type PresentUser, readUse } from '../../runtime/state/use-file.ts';
import { UNNAMED } from '../caller/own-caller.ts';
import { ownTerminal } from '../caller/own-terminal.ts';

/** Who else than the caller of this command uses one of these services; no names: any. */
export function otherUsers({ root, agent }: Checkout, names: readonly string[]): readonly PresentUser[] {
  const { users } = readUse(root);
  if (users.length === 0) return [];
  const own = agent?.() ?? null;
  const terminal = ownTerminal();
  const callers = callerPids();
  const isOwn = ({ name, identity: { pid } }: PresentUser): boolean => {
    // Its tools and its shell may know one agent by different names.
    if (own?.identity.pid === pid) return own.name === name || [own.name, name].includes(UNNAMED);
    return callers.includes(pid) || name === terminal;
  };
  const isMeant = (user: PresentUser): boolean => names.length === 0 || user.names.some((name) => names.includes(name));
  return users.filter((user) => isMeant(user) && !isOwn(user));
}
