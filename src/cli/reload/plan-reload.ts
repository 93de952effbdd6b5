import type { ChangedPart } from '../../plan/changed-parts.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { referencesTo } from '../../plan/references-to.ts';
import type { WantedPorts } from '../../plan/wanted-ports.ts';
import { isUp, type ServiceView } from '../status/service-view.ts';

/** What must happen so that everything that runs is what the config says. */
export interface Reload {
  /** In the order of the plan: what others depend on comes first. */
  readonly restart: readonly { readonly service: string; readonly changed: readonly ChangedPart[] }[];
  /** They left the config. */
  readonly stop: readonly string[];
  /** Restarted in turn, because they are told the port of one that is to have another one. */
  readonly follow: readonly { readonly service: string; readonly dependency: string; readonly port: number }[];
  /** They do not run; nothing is done about them. */
  readonly down: readonly string[];
}

export interface ReloadFacts {
  /** Of all services: one that was not asked for may follow one that was. */
  readonly views: readonly ServiceView[];
  readonly services: readonly ServicePlan[];
  readonly wanted: WantedPorts;
  /** Of what the config has and had. */
  readonly asked: ReadonlySet<string>;
}

/** Decides what a reload does. Pure. */
export function planReload({ views, services, wanted, asked }: ReloadFacts): Reload {
  const running = views.filter(isUp);
  const due = running.filter(({ status: { service } }) => asked.has(service));
  const restart = due
    .filter(({ isListed, changed }) => isListed && changed.length > 0)
    .map(({ status: { service }, changed }) => ({ service, changed }));
  const isRestarted = (name: string): boolean => restart.some(({ service }) => service === name);
  const moving = running.flatMap(({ status: { service }, port }) => {
    const next = wanted.get(service);
    return isRestarted(service) && typeof next === 'number' && next !== port ? [{ service, port: next }] : [];
  });
  const runs = (name: string): boolean => running.some(({ status: { service } }) => service === name);
  const follow = services
    .filter(({ name }) => runs(name) && !isRestarted(name))
    .flatMap((service) => {
      const dependency = moving.find((each) => isTold(service, each.service));
      return dependency === undefined
        ? []
        : [{ service: service.name, dependency: dependency.service, port: dependency.port }];
    });
  return {
    restart,
    stop: due.filter(({ isListed }) => !isListed).map(({ status: { service } }) => service),
    follow,
    down: services.filter(({ name }) => asked.has(name) && !runs(name)).map(({ name }) => name),
  };
}

function isTold(service: ServicePlan, other: string): boolean {
  const { env, isInCommand } = referencesTo(service, other);
  return isInCommand || env.length > 0 || service.dependsOn.includes(other);
}
