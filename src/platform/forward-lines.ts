import type { Readable } from 'node:stream';

/** Characters. A longer line is given in pieces: a program that never ends one does not fill our memory. */
export const LONGEST_LINE = 256 * 1024;

/**
 * Hands on each line of the streams, without its end, as it comes; the returned function waits up to `drainMs` for the
 * ends of the streams and hands on what has no line end. It gives the empty text: nothing is kept.
 */
export function forwardLines(
  streams: readonly (Readable | null)[],
  onLine: (line: string) => void,
): (drainMs: number) => Promise<string> {
  const open = streams.filter((stream) => stream !== null);
  const rests = new Map<Readable, string>();
  for (const stream of open) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = `${rests.get(stream) ?? ''}${chunk}`.split(/\r?\n/);
      const rest = lines.pop() ?? '';
      const isWhole = rest.length <= LONGEST_LINE;
      rests.set(stream, isWhole ? rest : '');
      for (const line of isWhole ? lines : [...lines, rest]) onLine(line);
    });
  }
  const ends = Promise.all(open.map((stream) => new Promise((resolve) => stream.once('close', resolve))));
  return async (drainMs) => {
    await Promise.race([ends, new Promise((resolve) => setTimeout(resolve, drainMs))]);
    for (const stream of open) {
      const rest = rests.get(stream) ?? '';
      if (rest !== '') onLine(rest);
      stream.destroy();
    }
    return '';
  };
}
