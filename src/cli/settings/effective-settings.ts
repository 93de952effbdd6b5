import { configuredName, configuredNames, instancesBefore } from '../../base/instance-name.ts';
import { AmountExpression } from '../../config/amount.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { valueAt } from '../../config/show-value.ts';
import type { ConfigPath } from '../../config/source.ts';
import { namedVariables } from '../../plan/named-variables.ts';
import type { Plan, TaskPlan } from '../../plan/plan.ts';
import { type ConfiguredPort, variableSource } from '../../plan/wanted-ports.ts';
import { type ServiceSetting, serviceSettings } from './service-settings.ts';
import type { Setting, SettingSource, SettingValue } from './setting.ts';
import { writtenDuration, writtenSize } from './written-value.ts';

export interface SettingFacts {
  readonly plan: Plan;
  readonly loaded: LoadedConfig;
  readonly ports: ReadonlyMap<string, ConfiguredPort>;
  /** Of the shell that asks. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Every value in effect with where it comes from: the config, a default, or a variable that goes before both. */
export function effectiveSettings(facts: SettingFacts): readonly Setting[] {
  const { plan, loaded, ports } = facts;
  const source = (...paths: readonly ConfigPath[]) => sourceOf(paths, facts);
  const setting = (key: string, value: SettingValue): Setting => ({ key, value, source: source(key.split('.')) });
  return [
    setting('name', plan.name),
    setting('aliases', plan.aliasPrefix),
    ...configuredServices(plan).flatMap(({ service, instances }) => {
      const port = ports.get(service.name);
      const settings = [...serviceSettings(service, port), { key: 'instances', value: instances }];
      return settings.map(({ key, value, shorthand }: ServiceSetting): Setting => {
        const base = ['services', configuredName(service.name)];
        const written = source(
          ...[key, ...(shorthand === undefined ? [] : [shorthand])].map((each) => pathIn(base, each)),
        );
        const isElsewhere = key === 'port' && port !== undefined && port.source !== plan.configFile;
        return {
          key: [...base, key].join('.'),
          value,
          source: isElsewhere ? { kind: 'variable', name: port.source } : written,
        };
      });
    }),
    ...plan.tasks.flatMap((task) =>
      taskSettings(task).map(([key, value]) => setting(`tasks.${task.name}.${key}`, value)),
    ),
    setting('logs.maxSize', writtenSize(plan.logs.maxBytes)),
    setting('logs.keep', plan.logs.keepFiles),
    setting('logs.maxAge', `${plan.logs.maxAgeMs / 3_600_000}h`),
    setting('idleStop', plan.idleStopMs === null ? null : writtenDuration(plan.idleStopMs)),
    setting('hooks.webhook', plan.hooks.webhook?.url ?? null),
    ...Object.entries(plan.hooks.webhook?.headers ?? {}).map(([name, value]) =>
      setting(`hooks.webhook.headers.${name}`, value),
    ),
    setting('hooks.command', plan.hooks.command),
    setting('hooks.desktop', plan.hooks.desktop),
    ...Object.entries(loaded.config.emit ?? {}).map(([key, value]) => setting(`emit.${key}`, value)),
  ];
}

/** The first instance stands for its service. */
function configuredServices({ services }: Plan) {
  const names = services.map(({ name }) => configuredName(name));
  return services.flatMap((service, index) =>
    instancesBefore(service.name) === 0
      ? [{ service, instances: names.filter((name) => name === names[index]).length }]
      : [],
  );
}

function taskSettings(task: TaskPlan): readonly (readonly [string, SettingValue])[] {
  return [
    ['run', task.run],
    ['desc', task.description === '' ? null : task.description],
    ['cwd', task.cwd],
    ['deps', task.deps],
    ['needs', configuredNames(task.needs)],
    ['inputs', task.inputs],
    ['outputs', task.outputs],
    ...Object.entries(task.env).map(([name, value]) => [`env.${name}`, value] as const),
  ];
}

function pathIn(base: ConfigPath, key: string): ConfigPath {
  return [...base, ...key.split('.')];
}

/** The first of the paths that the config holds, or the variable that decides what is written there. */
function sourceOf(paths: readonly ConfigPath[], facts: SettingFacts): SettingSource {
  const { config, locate } = facts.loaded;
  const path = paths.find((each) => valueAt(config, each) !== undefined);
  if (path === undefined) return { kind: 'default' };
  const written = valueAt(config, path);
  const variable = written instanceof AmountExpression ? setVariable(written.text, facts) : undefined;
  if (variable !== undefined) return { kind: 'variable', name: variableSource(variable, facts.environment) };
  return { kind: 'config', place: locate(path, 'value') };
}

function setVariable(expression: string, { plan, environment }: SettingFacts): string | undefined {
  const from = [environment, plan.dotenv, ...plan.services.map(({ dotenv }) => dotenv)];
  return [...namedVariables(expression)].find((name) =>
    from.some((variables: SettingFacts['environment']) => variables[name] !== undefined),
  );
}
