import { expandKnownVariables } from '../../plan/expand.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { referencesTo } from '../../plan/references-to.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { takesHost } from '../../runtime/health/takes-host.ts';
import { browserHost } from '../../runtime/worktrees/browser-host.ts';

/** What of a frontend's environment its pages get to know. */
const PUBLIC = /^(?:VITE|NEXT_PUBLIC|PUBLIC|REACT_APP|VUE_APP|GATSBY|NUXT_PUBLIC|EXPO_PUBLIC)_/;

/**
 * Where a browser finds a service that runs at `url`: in a linked worktree by a name of its own, if the server takes
 * that. Else `url` itself; so where pages call another server, whose cookies and allowed origins are of localhost.
 */
export async function browserUrl({ root, plan, environment }: Checkout, service: string, url: string): Promise<string> {
  const address = new URL(url);
  if (address.protocol !== 'http:' || address.hostname !== 'localhost' || !mayHaveName(plan, service)) return url;
  const label = expandKnownVariables(plan.worktree.label ?? '', (name) => environment[name] ?? plan.dotenv[name]);
  const host = browserHost(root, { service, project: plan.name }, label);
  if (host === null || !(await takesHost(address, host))) return url;
  address.hostname = host;
  return address.href.replace(/\/$/, '');
}

/** Whether no other server goes by its address, and its pages go by that of none. */
export function mayHaveName({ services }: Pick<Plan, 'services'>, service: string): boolean {
  const own = services.find(({ name }) => name === service);
  const others = services.filter((each) => each !== own);
  return own !== undefined && !others.some((other) => isTold(other, service) || callsFromPages(own, other.name));
}

function isTold(other: ServicePlan, service: string): boolean {
  const { env, isInCommand } = referencesTo(other, service);
  return env.length > 0 || isInCommand;
}

function callsFromPages(own: ServicePlan, other: string): boolean {
  return referencesTo(own, other).env.some((name) => PUBLIC.test(name));
}
