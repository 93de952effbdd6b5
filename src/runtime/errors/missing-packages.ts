import { join, parse, relative } from 'node:path';
import { missingTool } from '../../base/missing-tool.ts';
import { upwards } from '../../platform/upwards.ts';
import type { Remedy } from '../state/lifecycle.ts';
import { nodeInstallation, type ReadFolder } from './install-command.ts';

/**
 * The packages that the `package.json` of a folder asks for and that Node would find neither there nor in any folder
 * above. About a millisecond for a hundred.
 */
export function missingPackages(search: ReadFolder): readonly string[] {
  const above = upwards(search.folder, parse(search.folder).root);
  // Yarn's Plug'n'Play keeps them in archives.
  if (above.some((each) => search.exists(join(each, '.pnp.cjs')))) return [];
  const isThere = (name: string): boolean => above.some((each) => search.exists(join(each, 'node_modules', name)));
  return namedPackages(search).filter((name) => !isThere(name));
}

/**
 * What mends that a program of a package was not found: `output` has the words of a shell, `vite: not found`. `null`:
 * no such words, or the packages are there. To be asked only when a start has failed, so that no other start pays for
 * it, and none is refused because of a package that it can do without.
 */
export function missingProgramRemedy(output: string, search: ReadFolder): Remedy | null {
  const tool = missingTool(output);
  if (tool === undefined || missingPackages(search).length === 0) return null;
  const { folder, command } = nodeInstallation(search);
  return { kind: 'install', module: tool, command, folder: relative(search.root, folder) || '.' };
}

/** Optional ones may well be missing, and peers are another package's to bring. */
function namedPackages({ folder, read }: ReadFolder): readonly string[] {
  try {
    const written: unknown = JSON.parse(read(join(folder, 'package.json')) ?? 'null');
    const { dependencies, devDependencies }: Readonly<Record<string, unknown>> = Object(written);
    return Object.keys({ ...Object(dependencies), ...Object(devDependencies) });
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return [];
    throw thrown;
  }
}
