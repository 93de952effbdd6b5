import { socketPathOf } from '../state/socket-path.ts';
import { callSupervisor } from './call-supervisor.ts';
import type { StopReport } from './protocol.ts';

/** As long as any service may reasonably take to stop. */
const LIMIT_MS = 60_000;

/** Has one service of another checkout stopped, by its supervisor; whether that worked shows at the port. */
export async function stopElsewhere(root: string, service: string): Promise<void> {
  await callSupervisor<StopReport>({
    socket: socketPathOf(root),
    path: '/stop',
    body: { names: [service], mode: 'graceful' },
    onEvent: () => undefined,
    signal: AbortSignal.timeout(LIMIT_MS),
  });
}
