import type { ServicePlan } from '../../plan/plan.ts';
import type { ExportedEnvironment } from './exported-environment.ts';

/** A project as another system is told of it: every port a number, every variable known, or the target's. */
export interface ExportedProject {
  /** What units, labels and images are named after. */
  readonly name: string;
  readonly configFile: string;
  /** Absolute: only for systems that take no other path. */
  readonly root: string;
  /** Each stands after everything it depends on. */
  readonly services: readonly ExportedService[];
}

export interface ExportedService {
  readonly plan: ServicePlan;
  /** `null`: it has none. */
  readonly port: number | null;
  /** Its own, as seen from where it runs. */
  readonly url: string | null;
  readonly environment: ExportedEnvironment;
}

/** Where services find each other: all on one machine, or each at an address of its own that its name leads to. */
export type Network = 'one-machine' | 'by-name';

/** The services that one service depends on, in the order of its config. */
export function dependenciesOf(service: ExportedService, project: ExportedProject): readonly ExportedService[] {
  return service.plan.dependsOn.flatMap((name) => project.services.filter(({ plan }) => plan.name === name));
}
