import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { type EnvFilePaths, readEnvFiles } from '../../config/env-files.ts';
import { type ConfigFile, findConfig } from '../../config/find-config.ts';
import { loadConfigFile } from '../../config/load-config.ts';
import type { EmitOptions } from '../../manifest/emitted-files.ts';
import { USUAL_LAUNCHER } from '../../manifest/launcher.ts';
import { compilePlan } from '../../plan/compile-plan.ts';
import type { Plan } from '../../plan/plan.ts';

/** A project as the generator sees it. */
export interface LoadedProject {
  readonly root: string;
  readonly plan: Plan;
  readonly emit: EmitOptions;
  /** What the launcher is called. */
  readonly launcher: string;
  readonly envFiles: EnvFilePaths;
}

/** The project whose config is nearest to `directory`. */
export async function loadProject(directory: string): Promise<Result<LoadedProject, readonly Diagnostic[]>> {
  const found = await findConfig(directory);
  return found.ok ? loadProjectFrom(found.value) : found;
}

/** The project of a config that need not be written yet. */
export async function loadProjectFrom(file: ConfigFile): Promise<Result<LoadedProject, readonly Diagnostic[]>> {
  const loaded = await loadConfigFile(file);
  if (!loaded.ok) return loaded;
  const env = readEnvFiles(loaded.value);
  const plan = compilePlan(loaded.value, env.files, process.env);
  if (!plan.ok || env.problems.length > 0) return err([...env.problems, ...(plan.ok ? [] : plan.error)]);
  const { emit = {}, launcher = USUAL_LAUNCHER } = loaded.value.config;
  return ok({ root: file.root, plan: plan.value, emit, launcher, envFiles: env.paths });
}
