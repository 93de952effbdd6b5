import type { OwnedListener } from './listener.ts';
import { perTick } from './per-tick.ts';
import { runTool } from './run-tool.ts';

/** Every listening TCP socket of Windows, through `netstat`. Not run there. */
export const readNetstatListeners: () => readonly OwnedListener[] = perTick(() =>
  parseNetstatListeners(runTool('netstat.exe', ['-ano'])),
);

/**
 * Listeners from `netstat -ano`. The state column is translated on other than English systems; a listening socket is
 * told by its foreign port, 0.
 */
export function parseNetstatListeners(text: string): readonly OwnedListener[] {
  const row = /^\s*TCP\s+(\S+):(\d+)\s+\S+:0\s+\S+\s+(\d+)\s*$/;
  const found: OwnedListener[] = [];
  for (const line of text.split(/\r?\n/)) {
    const match = row.exec(line);
    if (match === null) continue;
    const [, host = '', port, pid] = match;
    found.push({
      family: host.startsWith('[') ? 6 : 4,
      address: host.replace(/^\[|(?:%\d+)?\]$/g, ''),
      port: Number(port),
      inode: `${pid}/${host}:${port}`,
      userId: null,
      pid: Number(pid),
    });
  }
  return found;
}
