import type { Plan, ServicePlan } from './plan.ts';

/**
 * The named services (all when none is named) and what they depend on, each after everything it depends on.
 * Names that the plan does not know are passed over: the caller has checked them.
 */
export function withDependencies(plan: Plan, names: readonly string[]): readonly ServicePlan[] {
  const needed = new Set(names.length === 0 ? plan.services.map(({ name }) => name) : names);
  // Each service stands after what it depends on, so that one pass from the end finds everything.
  for (const service of [...plan.services].reverse()) {
    if (needed.has(service.name)) for (const name of service.dependsOn) needed.add(name);
  }
  return plan.services.filter(({ name }) => needed.has(name));
}
