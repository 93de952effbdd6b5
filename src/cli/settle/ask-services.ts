import type { ServicePlan } from '../../plan/plan.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { type BrokenModule, findBrokenModules } from '../../runtime/health/broken-modules.ts';
import { probeServices } from '../status/probe-service.ts';

/** What a service answered. */
export interface Answered {
  /** Before it answered; epoch ms. */
  readonly at: number;
  readonly isWell: boolean;
  /** Whether nothing of it listened. */
  readonly isClosed: boolean;
  readonly broken: readonly BrokenModule[];
  /** Whether its page is made of modules that it compiles. */
  readonly hasModules: boolean;
}

/** Asks each service whether it is well, and for what its page is made of. By name. */
export async function askServices(
  checkout: Checkout,
  services: readonly ServicePlan[],
): Promise<ReadonlyMap<string, Answered>> {
  const at = Date.now();
  const checked = await probeServices(services, checkout);
  const answers = checked.map(async ({ service, url, outcome }) => {
    const isWell = outcome.kind === 'passed' || outcome.kind === 'unknown';
    const hasPage = isWell && url !== null && services.some((each) => each.name === service && mayHavePage(each));
    const { count, broken } = hasPage ? await findBrokenModules(new URL(url)) : { count: 0, broken: [] };
    const isClosed = outcome.kind === 'failed' && outcome.seen.kind === 'nothing-listens';
    return [service, { at, isWell, isClosed, broken, hasModules: count > 0 }] as const;
  });
  return new Map(await Promise.all(answers));
}

/** What is asked for its root anyway may be asked for its page: the log of another one shall not fill with that. */
function mayHavePage({ health: { probe } }: ServicePlan): boolean {
  return probe.kind === 'any-answer' || (probe.kind === 'http' && probe.target === '/');
}
