import { readProcFile } from './proc-file.linux.ts';

/**
 * The variables that a living process was started with; `undefined`: gone, another user's, or a system that does not
 * tell.
 * Source: proc(5), /proc/PID/environ
 */
export function environmentOf(pid: number): Readonly<Record<string, string>> | undefined {
  if (process.platform !== 'linux') return undefined;
  const bytes = readProcFile(`/proc/${pid}/environ`);
  if (bytes === undefined || bytes === '') return undefined;
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  const pairs = text.split('\0').flatMap((pair) => {
    const end = pair.indexOf('=');
    return end > 0 ? [[pair.slice(0, end), pair.slice(end + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}
