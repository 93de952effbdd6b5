import { join } from 'node:path';
import type { ServicePlan } from '../../plan/plan.ts';
import { readTextIfThere } from '../../platform/regular-file.ts';
import { readPackage, scriptCalled } from './package-files.ts';
import { readViteConfig, type ViteSetting } from './read-vite-config.ts';

/** In the order in which Vite looks for them. */
const EXTENSIONS = ['js', 'mjs', 'ts', 'cjs', 'mts', 'cts'];

export interface ViteOfService {
  /** The command line, with the script that it calls. */
  readonly called: string;
  /** Its config, relative to the root; empty: none is there. */
  readonly file: string;
  readonly settings: readonly ViteSetting[];
}

/** What a service that runs Vite is told by its config, as far as that is literal; `undefined`: it runs no Vite. */
export function viteOf(
  { cwd, command }: Pick<ServicePlan, 'cwd' | 'command'>,
  root: string,
): ViteOfService | undefined {
  const called = `${command} ${readPackage(join(root, cwd))?.scripts[scriptCalled(command) ?? ''] ?? ''}`;
  if (!/\bvite\b|react-router/.test(called)) return undefined;
  const files = EXTENSIONS.map((extension) => join(cwd, `vite.config.${extension}`));
  const file = files.find((each) => readTextIfThere(join(root, each)) !== undefined) ?? '';
  return { called, file, settings: readViteConfig(readTextIfThere(join(root, file)) ?? '') };
}
