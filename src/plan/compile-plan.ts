import { basename } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { instanceNames } from '../base/instance-name.ts';
import { err, ok, type Result } from '../base/result.ts';
import { byPlace } from '../config/by-place.ts';
import { checkStructure } from '../config/check-structure.ts';
import type { Config, TaskConfig, WrittenConfig } from '../config/config.ts';
import type { EnvFiles } from '../config/env-files.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { NAME_PATTERN, suggestName } from '../config/name-rule.ts';
import { compileService } from './compile-service.ts';
import { compileSetup } from './compile-setup.ts';
import { configDigest } from './config-digest.ts';
import { DEFAULT_LOGS } from './default-logs.ts';
import { inDependencyOrder } from './dependency-order.ts';
import { allInstances, expandInstances, type InstancesByName, instancesByName } from './expand-instances.ts';
import type { HookPlan, LogPlan, Plan, TaskPlan } from './plan.ts';
import { planPath } from './plan-path.ts';
import { settingLookUp } from './setting-variables.ts';
import { amountExpressions, amountMistakes, settleAmounts } from './settle-amounts.ts';
import { cleanShellEnvironment } from './shell-environment.ts';

/**
 * Makes the plan of a config: defaults applied, services in dependency order. Fails when names collide, references
 * lead nowhere or in a circle, or variables give no amount where one is needed. Pure.
 */
export function compilePlan(
  loaded: LoadedConfig,
  envFiles: EnvFiles,
  shellEnvironment: Readonly<Record<string, string | undefined>>,
): Result<Plan, Diagnostic[]> {
  const { config: written, file, root, locate } = loaded;
  const lookUp = settingLookUp({ config: written, envFiles, shell: cleanShellEnvironment(shellEnvironment) });
  const mistakes = [...checkStructure(written, locate), ...amountMistakes(written, lookUp, locate)];
  if (mistakes.length > 0) return err(mistakes.sort(byPlace));
  const config = settleAmounts(written, lookUp);
  const name = config.name ?? loaded.defaultName;
  const services = Object.entries(config.services ?? {});
  const tasks = Object.entries(config.tasks ?? {});
  const compiled = services.map(([service, settled]) => compileService(service, settled, envFiles));
  const instances = instancesByName(config.services ?? {});
  return ok({
    schemaVersion: 1,
    name: name ?? basename(root),
    aliasPrefix: config.aliases ?? prefixOf(name ?? ''),
    configFile: file,
    services: expandInstances(inDependencyOrder(compiled), instances),
    tasks: tasks.map(([task, settled]) => compileTask(task, settled, instances)),
    setup: compileSetup(config.setup),
    dotenv: envFiles.root,
    digests: digestsOf(written, envFiles),
    logs: compileLogs(config.logs),
    hooks: compileHooks(config.hooks),
    idleStopMs: config.idleStop ?? null,
    worktree: { copy: (config.worktree?.copy ?? []).map(planPath), label: config.worktree?.label ?? null },
    worktreePorts: config.ports?.worktrees ?? 'slots',
  });
}

/** Without the shell, which says another thing in each terminal. Instances have that of their service. */
function digestsOf(config: WrittenConfig, envFiles: EnvFiles): Plan['digests'] {
  const lookUp = settingLookUp({ config, envFiles, shell: {} });
  const digests = Object.entries(config.services ?? {}).flatMap(([name, written]) => {
    const service = compileService(name, settleAmounts(written, lookUp, ['services', name]), envFiles);
    const expressions = amountExpressions(written).map(({ expression }) => expression.text);
    const digest = configDigest(service, expressions);
    return instanceNames(name, written.instances ?? 1).map((instance) => [instance, digest] as const);
  });
  return Object.fromEntries(digests);
}

function compileTask(name: string, task: TaskConfig, instances: InstancesByName): TaskPlan {
  return {
    name,
    run: task.run ?? null,
    description: task.desc ?? '',
    cwd: planPath(task.cwd),
    deps: task.deps ?? [],
    needs: allInstances(task.needs ?? [], instances),
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
