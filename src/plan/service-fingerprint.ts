import { sha256 } from '../base/sha256.ts';
import { variablePrefix } from '../config/variable-prefix.ts';
import { namedVariables } from './named-variables.ts';
import type { Plan, ServicePlan } from './plan.ts';
import { resolveVariables } from './resolve-variables.ts';

const DIGITS = 16;

/**
 * Tells whether a run still is what the plan wants: one digest each for what the config says of the service, for its
 * own env files, and for what it has of those of the root. How long one start waits is no part of that.
 */
export function serviceFingerprint(service: ServicePlan, dotenv: Plan['dotenv']): string {
  const { dotenv: own, ...config } = service;
  const health = { ...service.health, startTimeoutMs: 0 };
  return [{ ...config, health }, own, usedOf(service, dotenv)]
    .map((part) => sha256(JSON.stringify(part)).slice(0, DIGITS))
    .join('.');
}

/** What the service has of the root's env files, whatever the shell has; they are not exported to it as a whole. */
function usedOf(service: ServicePlan, dotenv: Plan['dotenv']): Readonly<Record<string, string>> {
  const { command, before, env, port, runs } = service;
  const layers = [service.dotenv, dotenv].map((definitions) => ({ from: 'env-file', definitions }) as const);
  const { variables } = resolveVariables({ shell: {}, layers, fixed: {} });
  const expression = port.kind === 'wanted' ? port.expression : '';
  const files = runs.kind === 'container' ? runs.files : [];
  const named = namedVariables([command, before ?? '', expression, ...Object.values(env), ...files].join('\n'));
  const names = [...named, ...(port.kind === 'none' ? [] : [`${variablePrefix(service.name)}_PORT`])];
  const used = names.filter((name) => Object.hasOwn(dotenv, name) && !Object.hasOwn(service.dotenv, name));
  return Object.fromEntries(used.map((name) => [name, variables[name] ?? '']));
}
