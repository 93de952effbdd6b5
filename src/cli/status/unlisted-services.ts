import type { Plan } from '../../plan/plan.ts';
import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';
import type { ShownService } from './service-view.ts';

/** The services that were started when the config still had them under that name, and that may run yet. */
export function unlistedServices(root: string, { services }: Plan): readonly ShownService[] {
  return servicesWithRunRecord(root)
    .filter((name) => services.every((service) => service.name !== name))
    .map((name) => ({ name, command: '', cwd: '', isListed: false }));
}
