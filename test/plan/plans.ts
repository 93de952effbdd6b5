import { safeParse } from 'zod/mini';
import { configSchema, type WrittenConfig } from '../../src/config/config.ts';
import type { EnvFiles } from '../../src/config/env-files.ts';
import { compilePlan } from '../../src/plan/compile-plan.ts';
import type { Plan, ServicePlan } from '../../src/plan/plan.ts';

type Shell = Readonly<Record<string, string>>;

/** The plan of a config written as an object; throws when the config is wrong. */
export function planOf(written: object, envFiles: Partial<EnvFiles> = {}, shell: Shell = {}): Plan {
  const plan = compilePlan(
    {
      config: configOf(written),
      file: 'devgen.config.yaml',
      root: '/srv/shop',
      locate: () => ({ file: 'x' }),
      defaultName: 'shop',
    },
    { root: {}, services: {}, ...envFiles },
    shell,
  );
  if (!plan.ok) throw new Error(plan.error.map(({ message }) => message).join('\n'));
  return plan.value;
}

function configOf(written: object): WrittenConfig {
  const parsed = safeParse(configSchema, written);
  if (!parsed.success) throw new Error(JSON.stringify(parsed.error.issues));
  return parsed.data;
}

export function serviceOf(plan: Plan, name: string): ServicePlan {
  const service = plan.services.find((candidate) => candidate.name === name);
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}
