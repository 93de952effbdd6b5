import { configuredNames } from '../../base/instance-name.ts';
import type { HealthPlan, ServicePlan } from '../../plan/plan.ts';
import { type ProbePlan, writtenProbe } from '../../plan/probe-plan.ts';
import type { ConfiguredPort } from '../../plan/wanted-ports.ts';
import type { SettingValue } from './setting.ts';
import { writtenDuration, writtenSize } from './written-value.ts';

/** A value with its key inside the service, and every key under which the config may have given it. */
export interface ServiceSetting {
  readonly key: string;
  readonly value: SettingValue;
  /** Another way to write it, besides its key: `health: /path` is `health.http`. */
  readonly shorthand?: string;
}

/** Everything that is settled about a service, in the order of the documentation. */
export function serviceSettings(
  service: ServicePlan,
  configured: ConfiguredPort | undefined,
): readonly ServiceSetting[] {
  const { port, onConflict, restart, stop } = service;
  return [
    ...programSettings(service),
    { key: 'cwd', value: service.cwd },
    { key: 'host', value: service.host },
    { key: 'port', value: portValue(configured) },
    ...(port.kind === 'wanted' ? [{ key: 'port.fallback', value: port.fallbackSpan || false }] : []),
    { key: 'onConflict.policy', value: onConflict.policy, shorthand: 'onConflict' },
    { key: 'onConflict.grace', value: writtenDuration(onConflict.graceMs) },
    ...healthSettings(service.health),
    { key: 'restart.policy', value: restart.policy, shorthand: 'restart' },
    { key: 'restart.maxRestarts', value: restart.maxRestarts },
    { key: 'restart.window', value: writtenDuration(restart.windowMs) },
    { key: 'restart.backoff.initial', value: writtenDuration(restart.backoff.initialMs) },
    { key: 'restart.backoff.max', value: writtenDuration(restart.backoff.maxMs) },
    { key: 'restart.on', value: [...(restart.policy === 'never' ? [] : ['crash']), ...restart.on] },
    {
      key: 'restart.maxMemory',
      value: restart.maxMemoryBytes === null ? null : writtenSize(restart.maxMemoryBytes),
    },
    { key: 'stop.signal', value: stop.signal },
    { key: 'stop.grace', value: writtenDuration(stop.graceMs) },
    { key: 'nice', value: service.nice },
    { key: 'before', value: service.before },
    { key: 'waitFor', value: service.waitFor },
    { key: 'dependsOn', value: configuredNames(service.dependsOn) },
    { key: 'docs', value: service.docs },
    { key: 'open', value: service.open },
    ...Object.entries(service.env).map(([name, value]) => ({ key: `env.${name}`, value })),
  ];
}

function programSettings({ command, runs }: ServicePlan): readonly ServiceSetting[] {
  if (runs.kind === 'process') return [{ key: 'command', value: command }];
  return [
    { key: 'container.service', value: runs.service, shorthand: 'container' },
    { key: 'container.file', value: runs.files },
  ];
}

function portValue(configured: ConfiguredPort | undefined): SettingValue {
  const written = configured?.value ?? null;
  return written !== null && /^\d+$/.test(written) ? Number(written) : written;
}

function healthSettings(health: HealthPlan): readonly ServiceSetting[] {
  return [
    ...probeSettings(health.probe),
    { key: 'health.initialDelay', value: writtenDuration(health.initialDelayMs) },
    { key: 'health.period', value: writtenDuration(health.periodMs) },
    { key: 'health.timeout', value: writtenDuration(health.timeoutMs) },
    { key: 'health.successThreshold', value: health.successThreshold },
    { key: 'health.failureThreshold', value: health.failureThreshold },
    { key: 'health.startTimeout', value: writtenDuration(health.startTimeoutMs) },
    { key: 'health.slow', value: writtenDuration(health.slowMs) },
    { key: 'health.critical', value: writtenDuration(health.criticalMs) },
  ];
}

/** A path alone may be written in place of the whole mapping. */
function probeSettings(probe: ProbePlan): readonly ServiceSetting[] {
  const written = Object.entries(writtenProbe(probe));
  if (written.length === 0) return [{ key: 'health', value: null }];
  return written.map(([key, value]) => {
    return { key: `health.${key}`, value, ...(key === 'http' && { shorthand: 'health' }) };
  });
}
