import { existsSync } from 'node:fs';

/** Whether the system's own Python has Flask (Debian's python3-flask). */
export const hasFlask = existsSync('/usr/lib/python3/dist-packages/flask');

export const hasUvicorn = existsSync('/usr/lib/python3/dist-packages/uvicorn');

export function hasTool(name: string): boolean {
  return ['/usr/local/bin', '/usr/bin', '/bin'].some((folder) => existsSync(`${folder}/${name}`));
}
