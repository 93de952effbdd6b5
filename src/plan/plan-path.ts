import { posix } from 'node:path';

/** A directory of the config as plans write it: `./backend/` → `backend`, none → `.`. */
export function planPath(written: string | undefined): string {
  const normal = posix.normalize(written ?? '.');
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
