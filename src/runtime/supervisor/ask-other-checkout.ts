import { socketPathOf } from '../state/socket-path.ts';
import { callSupervisor } from './call-supervisor.ts';
import type { StopReport } from './protocol.ts';

/** Asks the supervisor of another checkout to stop one of its services; whether that worked shows at the port. */
export async function askOtherCheckout(root: string, service: string): Promise<void> {
  await callSupervisor<StopReport>({
    socket: socketPathOf(root),
    path: '/stop',
    body: { names: [service], mode: 'graceful' },
    onEvent: () => undefined,
  });
}
