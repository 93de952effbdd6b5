import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { ephemeralRange } from '../platform/port-binding.ts';
import { type EnvFileNames, type EnvFiles, readEnvFiles } from './env-files.ts';
import { type ConfigFile, findConfigIn, notFound } from './find-config.ts';
import { type LoadedConfig, loadConfigFile } from './load-config.ts';
import { readsBeyondItself } from './reads-beyond-itself.ts';
import { configWarnings } from './warnings.ts';

/** Everything that a plan is made of, as it lies on the disk. */
export interface Configuration {
  readonly loaded: LoadedConfig;
  readonly envFiles: EnvFiles;
  readonly source: { readonly path: string; readonly text: string };
  /** Every env file that was read, or looked for in vain. */
  readonly envFileNames: readonly EnvFileNames[];
  /** False: the same sources may give another config the next time. */
  readonly repeatable: boolean;
  /** Mistakes in the env files. */
  readonly problems: readonly Diagnostic[];
  /** Nothing of this stops a start. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads the config that lies in `root` with its env files. The entry of everything heavy (cosmiconfig, yaml, zod):
 * to be imported only when there is no valid plan cache.
 */
export async function readConfiguration(root: string): Promise<Result<Configuration, Diagnostic[]>> {
  const found = await findConfigIn(root);
  if (!found.ok) return found;
  const file = found.value;
  if (file === undefined) return err([notFound(root)]);
  const loaded = await loadConfigFile(file);
  if (!loaded.ok) return loaded;
  const env = readEnvFiles(loaded.value);
  return ok({
    loaded: loaded.value,
    envFiles: env.files,
    source: { path: file.file, text: file.text },
    envFileNames: env.sources,
    repeatable: env.repeatable && !isChangeable(file),
    problems: env.problems,
    warnings: configWarnings({ loaded: loaded.value, envFileVariables: env.variables, ephemeral: ephemeralRange() }),
  });
}

function isChangeable({ format, text }: ConfigFile): boolean {
  return (format === 'script' || format === 'typescript') && readsBeyondItself(text);
}
