import type { OwnedListener } from './listener.ts';
import { perTick } from './per-tick.ts';
import { runTool } from './run-tool.ts';

/** Every listening socket that `lsof` shows this user, on macOS and the BSDs. Not run there. */
export const readLsofListeners: () => readonly OwnedListener[] = perTick(() =>
  parseLsofListeners(runTool('lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-F', 'putdn'])),
);

/**
 * Listeners from `lsof -nP -iTCP -sTCP:LISTEN -F putdn`: a process' fields first, then those of each of its sockets.
 * The device field names the socket, the same for all that share it. Source: lsof(8), "Output for other programs".
 */
export function parseLsofListeners(text: string): readonly OwnedListener[] {
  const found: OwnedListener[] = [];
  let pid = 0;
  let userId: number | null = null;
  let family: 4 | 6 = 4;
  let device = '';
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    if (line.startsWith('p')) {
      pid = Number(value);
      userId = null;
    } else if (line.startsWith('u')) userId = Number(value);
    else if (line.startsWith('t')) family = value === 'IPv6' ? 6 : 4;
    else if (line.startsWith('d')) device = value;
    else if (line.startsWith('n')) {
      const colon = value.lastIndexOf(':');
      const port = Number(value.slice(colon + 1));
      if (Number.isInteger(port)) {
        found.push({ family, address: addressOf(value.slice(0, colon), family), port, inode: device, userId, pid });
      }
    }
  }
  return found;
}

function addressOf(host: string, family: 4 | 6): string {
  if (host === '*') return family === 6 ? '::' : '0.0.0.0';
  return host.replace(/^\[|\]$/g, '');
}
