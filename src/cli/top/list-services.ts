import type { CommandContext } from '../context/command-context.ts';
import { describeAddress, remarksOn } from '../sentences/describe-view.ts';
import { selectShown } from '../status/select-shown.ts';
import { isUp, type ServiceView, viewServices } from '../status/service-view.ts';
import type { TopService } from './top-state.ts';

/** What a failure quotes from the log, which stands below. */
const OF_LOG = /^(?:\| |log: )/;

/** The services as they are now, from the files that `status` reads. */
export function listServices(context: CommandContext): readonly TopService[] {
  const { checkout, screen, words } = context;
  const selected = selectShown(checkout, []);
  return viewServices(checkout.root, selected.ok ? selected.value : []).map((view) => ({
    name: view.status.service,
    state: view.state,
    isUp: isUp(view),
    port: view.port,
    address: screen.shown(describeAddress(view)),
    health: healthOf(view),
    remarks: remarksOn(view, Date.now(), words)
      .filter((remark) => !OF_LOG.test(remark))
      .map(screen.shown),
  }));
}

function healthOf({ pid, status: { health } }: ServiceView): string {
  if (pid === null || health.verdict === 'unknown') return '-';
  return health.verdict === 'healthy' ? (health.grade ?? 'healthy') : health.verdict;
}
