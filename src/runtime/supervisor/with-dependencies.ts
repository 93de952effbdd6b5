import type { Plan, ServicePlan } from '../../plan/plan.ts';

/**
 * The named services (all when none is named) and what they depend on, each after everything it depends on.
 * Names that the plan does not know are passed over: who asks has checked them.
 */
export function withDependencies(plan: Plan, names: readonly string[]): readonly ServicePlan[] {
  const wanted = new Set<string>();
  const add = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const dependency of plan.services.find((service) => service.name === name)?.dependsOn ?? []) add(dependency);
  };
  for (const name of names.length === 0 ? plan.services.map((service) => service.name) : names) add(name);
  return plan.services.filter((service) => wanted.has(service.name));
}
