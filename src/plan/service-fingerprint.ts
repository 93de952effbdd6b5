import { calledNames } from '../base/instance-name.ts';
import { shortSum } from '../base/short-sum.ts';
import { variablePrefix } from '../config/variable-prefix.ts';
import { expandedTexts } from './expanded-texts.ts';
import { namedVariables } from './named-variables.ts';
import type { Plan, ServicePlan } from './plan.ts';

/**
 * Tells whether a run still is what the plan wants: a part each for what the config says of the service, for its own
 * env files, and for what it has of those of the root. It may be written where no secret may. `undefined`: the plan has
 * no such service.
 */
export function serviceFingerprint({ services, digests, dotenv }: Plan, name: string): string | undefined {
  const service = services.find((each) => each.name === name);
  const digest = Object.hasOwn(digests, name) ? digests[name] : undefined;
  if (service === undefined || digest === undefined) return undefined;
  return [digest, sumOf(service.dotenv), sumOf(usedOf(service, dotenv))].join('.');
}

type Variables = Readonly<Record<string, string>>;

function sumOf(variables: Variables): string {
  const sorted = Object.entries(variables).sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.length === 0 ? '' : shortSum(JSON.stringify(sorted));
}

/** What a service has of the root's env files, as it is written there; they are not exported to it as a whole. */
function usedOf(service: ServicePlan, dotenv: Variables): Variables {
  const { name, port, dotenv: own } = service;
  const used: Record<string, string> = {};
  const add = (text: string): void => {
    for (const variable of namedVariables(text)) {
      if (Object.hasOwn(used, variable) || Object.hasOwn(own, variable) || !Object.hasOwn(dotenv, variable)) continue;
      used[variable] = dotenv[variable] ?? '';
      add(used[variable]);
    }
  };
  for (const { text } of expandedTexts(service)) add(text);
  if (port.kind !== 'none') for (const called of calledNames([name])) add(`$${variablePrefix(called)}_PORT`);
  return used;
}
