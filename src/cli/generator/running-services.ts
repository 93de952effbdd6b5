import { judgeStatus } from '../../runtime/state/judge-status.ts';
import { presentIn } from '../../runtime/state/present.ts';
import { readStatus, servicesWithStatus } from '../../runtime/state/status-file.ts';

/** The services that run in this checkout, whether the config still knows them or not. */
export function runningServices(root: string): readonly string[] {
  return servicesWithStatus(root).filter((service) => {
    const status = readStatus(root, service);
    return status.ok && judgeStatus(status.value, presentIn(root)).pid !== null;
  });
}
