import type { Socket } from 'node:net';
import { ownUserId } from '../../platform/own-user.ts';
import { peerUsers } from '../../platform/peer-user.ts';

const ROOT_USER = 0;
/** The answer holds as long as the connection, and costs milliseconds: the system has to list all that there are. */
const asked = new WeakMap<Socket, boolean>();

/** Whether it comes from a process of this user, or of root; `true` where the system does not tell. */
export function isOwnSocket(socket: Socket): boolean {
  const known = asked.get(socket);
  if (known !== undefined) return known;
  const { remotePort = 0, localPort = 0 } = socket;
  const users = peerUsers({ peerPort: remotePort, ownPort: localPort });
  const isOwn = users.every((user) => user === ownUserId() || user === ROOT_USER);
  asked.set(socket, isOwn);
  return isOwn;
}
