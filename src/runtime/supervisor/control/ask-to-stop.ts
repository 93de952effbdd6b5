import type { Result } from '../../../base/result.ts';
import { socketPathOf } from '../../state/socket-path.ts';
import { type CallFailure, callSupervisor } from './call-supervisor.ts';
import { STOP, type StopReport } from './protocol.ts';

/** As long as any service may reasonably take to stop. */
const LIMIT_MS = 60_000;

/** Has services of another checkout stopped by its supervisor; no names: all of them. */
export function askToStop(root: string, names: readonly string[]): Promise<Result<StopReport, CallFailure>> {
  return callSupervisor({
    socket: socketPathOf(root),
    endpoint: STOP,
    body: { names, mode: 'graceful' },
    onEvent: () => undefined,
    signal: AbortSignal.timeout(LIMIT_MS),
  });
}
