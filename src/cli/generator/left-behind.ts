import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findConfigIn } from '../../config/find-config.ts';

/** What `uninstall` leaves because the user made it, or may want it: relative to the root. */
export async function leftBehind(root: string): Promise<readonly string[]> {
  const config = await findConfigIn(root);
  const folders = ['logs/', '.devgen/backups/'].filter((folder) => existsSync(join(root, folder)));
  return [...(config.ok && config.value !== undefined ? [config.value.file] : []), ...folders];
}
