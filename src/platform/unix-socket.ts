import { closeSync, constants, openSync } from 'node:fs';
import { connect, type Server, Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { newPipeName, pipeToldIn, tellPipe } from './named-pipe.windows.ts';

/**
 * Longest address of a Unix socket that every kernel takes, without the closing NUL.
 * Source: unix(7), `sun_path` has 108 bytes on Linux; 104 on macOS and the BSDs.
 */
const LONGEST_ADDRESS_BYTES = 103;

/**
 * Whether a socket can be had at the path: on Linux at any, for a folder that is held open has a short name; on Windows
 * the file there only names the pipe that stands in for it.
 */
export function isSocketPath(path: string): boolean {
  return process.platform === 'linux' || process.platform === 'win32' || !isTooLong(path);
}

/** A connection to the socket at a path, as `connect` of Node's; what is wrong with the path is its `error`. */
export function connectToSocket(path: string): Socket {
  let address: Address;
  try {
    address = addressOf(path);
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return new Socket().destroy(thrown);
  }
  return connect({ path: address.path }).once('connect', address.release).once('close', address.release);
}

/** Resolves when the server listens at a path; rejects as the system does. */
export async function listenAtSocket(server: Server, path: string): Promise<void> {
  const address = process.platform === 'win32' ? pipe(newPipeName()) : addressOf(path);
  // Its close removes the socket by this name.
  server.once('close', address.release);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.path, resolve);
  }).catch((cause: unknown) => {
    // A server that never listened is never closed.
    address.release();
    throw cause;
  });
  if (process.platform === 'win32') tellPipe(server, path, address.path);
}

interface Address {
  readonly path: string;
  /** More calls than one do nothing. */
  readonly release: () => void;
}

/** Throws what the system says of the folder, where that has to be opened. */
function addressOf(path: string): Address {
  if (process.platform === 'win32') return pipe(pipeToldIn(path));
  if (!isTooLong(path)) return { path, release: () => undefined };
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  let isOpen = true;
  const release = (): void => {
    if (isOpen) closeSync(folder);
    isOpen = false;
  };
  return { path: `/proc/self/fd/${folder}/${basename(path)}`, release };
}

function pipe(path: string): Address {
  return { path, release: () => undefined };
}

function isTooLong(path: string): boolean {
  return Buffer.byteLength(path) > LONGEST_ADDRESS_BYTES;
}
