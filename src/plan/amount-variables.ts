import { listOf, nullable, object, type ShapeOf, text } from '../base/shape.ts';
import { namedVariables } from './named-variables.ts';
import type { Plan } from './plan.ts';

/** A variable on which an amount in a plan depends, and all that decides its value: the plan holds while it is so. */
export const amountVariableShape = object({
  name: text,
  /** As the shell has it, then each env file of the root and of the services; `null`: it is not set there. */
  values: listOf(nullable(text)),
});

export type AmountVariable = ShapeOf<typeof amountVariableShape>;

type Sources = Pick<Plan, 'dotenv' | 'services'>;
type Environment = Readonly<Record<string, string | undefined>>;

/** The variables behind these expressions, those included that env files and `env` name for them. */
export function amountVariables(
  expressions: readonly string[],
  plan: Sources,
  shell: Environment,
): readonly AmountVariable[] {
  const names = new Set<string>();
  const definitions = [plan.dotenv, ...plan.services.flatMap(({ dotenv, env }) => [dotenv, env])];
  const add = (expression: string): void => {
    for (const name of namedVariables(expression)) {
      if (names.has(name)) continue;
      names.add(name);
      for (const variables of definitions) add(ownValue(variables, name) ?? '');
    }
  };
  for (const expression of expressions) add(expression);
  return [...names].map((name) => ({ name, values: valuesOf(name, plan, shell) }));
}

/** Whether all of them still are what they were. */
export function areUnchanged(variables: readonly AmountVariable[], plan: Sources, shell: Environment): boolean {
  return variables.every(({ name, values }) => {
    const now = valuesOf(name, plan, shell);
    return values.length === now.length && values.every((value, index) => value === now[index]);
  });
}

function valuesOf(name: string, { dotenv, services }: Sources, shell: Environment): readonly (string | null)[] {
  return [shell, dotenv, ...services.map((service) => service.dotenv)].map(
    (variables) => ownValue(variables, name) ?? null,
  );
}

function ownValue(variables: Environment, name: string): string | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
