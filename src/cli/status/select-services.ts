import { isCommandName } from '../../base/commands.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { calledNames } from '../../base/instance-name.ts';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';

/**
 * The services that the user names, once each, in the order of the plan; all of them when none is named. Instances are
 * named one by one, or together as the config names them.
 */
export function selectServices<Service extends { readonly name: string }>(
  plan: { readonly services: readonly Service[] },
  names: readonly string[],
): Result<readonly Service[], readonly Diagnostic[]> {
  const known = calledNames(plan.services.map(({ name }) => name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const others = names.filter((name) => known.includes(name));
    return err(unknown.map((name) => unknownService(name, { known, others })));
  }
  return ok(
    names.length === 0
      ? plan.services
      : plan.services.filter(({ name }) => calledNames([name]).some((called) => names.includes(called))),
  );
}

/** The same as names for the supervisor, which knows each service by its own; none: all that it knows. */
export function selectNames(
  plan: { readonly services: readonly { readonly name: string }[] },
  names: readonly string[],
): Result<readonly string[], readonly Diagnostic[]> {
  const selected = selectServices(plan, names);
  return selected.ok ? ok(names.length === 0 ? [] : selected.value.map(({ name }) => name)) : selected;
}

/**
 * The service meant when none is named and one is needed: the last one with a URL, which is the page of most projects.
 */
export function defaultService(plan: Plan): ServicePlan | undefined {
  return [...plan.services].reverse().find(({ port }) => port.kind !== 'none');
}

interface Named {
  readonly known: readonly string[];
  /** What else was named, rightly. */
  readonly others: readonly string[];
}

function unknownService(name: string, named: Named): Diagnostic {
  return { code: 'usage/unknown-service', message: `there is no service \`${name}\``, hint: hintFor(name, named) };
}

function hintFor(name: string, { known, others }: Named): string {
  if (isCommandName(name)) return `A command comes first: \`${[name, ...others].join(' ')}\`.`;
  const meant = nearest(name, known);
  if (meant !== undefined) return `Did you mean \`${meant}\`?`;
  return `The services are ${known.map((each) => `\`${each}\``).join(', ')}.`;
}
