import { basename } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { checkStructure } from '../config/check-structure.ts';
import type { Config, TaskConfig } from '../config/config.ts';
import type { EnvFiles } from '../config/env-files.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { NAME_PATTERN, suggestName } from '../config/name-rule.ts';
import { compileService } from './compile-service.ts';
import { compileSetup } from './compile-setup.ts';
import { configDigest } from './config-digest.ts';
import { DEFAULT_LOGS } from './default-logs.ts';
import { inDependencyOrder } from './dependency-order.ts';
import type { HookPlan, LogPlan, Plan, TaskPlan } from './plan.ts';
import { planPath } from './plan-path.ts';

/**
 * Makes the plan of a config: defaults applied, services in dependency order. Fails when names collide or references
 * lead nowhere or in a circle. Pure.
 */
export function compilePlan(loaded: LoadedConfig, envFiles: EnvFiles): Result<Plan, Diagnostic[]> {
  const { config, file, root, locate } = loaded;
  const mistakes = checkStructure(config, locate);
  if (mistakes.length > 0) return err(mistakes);
  const name = config.name ?? loaded.defaultName;
  const services = Object.entries(config.services ?? {});
  const tasks = Object.entries(config.tasks ?? {});
  const compiled = services.map(([service, written]) => compileService(service, written, envFiles));
  return ok({
    schemaVersion: 1,
    name: name ?? basename(root),
    aliasPrefix: config.aliases ?? prefixOf(name ?? ''),
    configFile: file,
    services: inDependencyOrder(compiled),
    tasks: tasks.map(([task, written]) => compileTask(task, written)),
    setup: compileSetup(config.setup),
    dotenv: envFiles.root,
    digests: Object.fromEntries(compiled.map((service) => [service.name, configDigest(service)])),
    logs: compileLogs(config.logs),
    hooks: compileHooks(config.hooks),
    worktreePorts: config.ports?.worktrees ?? 'slots',
  });
}

function compileTask(name: string, task: TaskConfig): TaskPlan {
  return {
    name,
    run: task.run ?? null,
    description: task.desc ?? '',
    cwd: planPath(task.cwd),
    deps: task.deps ?? [],
    needs: task.needs ?? [],
    inputs: task.inputs ?? [],
    outputs: task.outputs ?? [],
    env: task.env ?? {},
  };
}

function compileHooks({ webhook, command, desktop = false }: NonNullable<Config['hooks']> = {}): HookPlan {
  const { url, headers = {} } = typeof webhook === 'object' ? webhook : { url: webhook };
  return { webhook: url === undefined ? null : { url, headers }, command: command?.trim() ?? null, desktop };
}

function compileLogs(logs: Config['logs']): LogPlan {
  const { maxSize = DEFAULT_LOGS.maxBytes, keep = DEFAULT_LOGS.keepFiles, maxAge = DEFAULT_LOGS.maxAgeMs } = logs ?? {};
  return { maxBytes: maxSize, keepFiles: keep, maxAgeMs: maxAge };
}

/** What of a project's name can stand before `-start`. It is generated, so it must be the same in every checkout. */
function prefixOf(name: string): string {
  return NAME_PATTERN.test(name) ? name : (suggestName(name) ?? 'dev');
}
