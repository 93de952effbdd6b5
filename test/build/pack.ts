import { join } from 'node:path';
import { expect } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';

/** Packs the package into a folder as `npm publish` would; gives the archive's path. */
export async function pack(folder: string): Promise<string> {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const packed = await run('npm', args, { cwd: repository, environment: userEnvironment() });
  expect(packed, packed.stderr).toMatchObject({ code: 0 });
  return join(folder, packed.stdout.trim());
}
