import type { ServicePlan } from '../../../plan/plan.ts';
import { canAskToEnd } from '../../../platform/can-ask-to-end.ts';
import { listenersOn, ownersOf } from '../../../platform/listeners.ts';
import { commandLineOf } from '../../../platform/process-details.ts';
import type { Failure, LeftProcess } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { RuntimeNews } from '../../state/runtime-event.ts';
import type { StopMode } from '../lifecycle/service-lifecycle.ts';
import { ownershipOf } from './check-run.ts';
import { AT_ONCE, endWholeRun } from './end-whole-run.ts';
import type { LiveRun } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

export interface EndRequest {
  readonly live: LiveRun;
  readonly service: ServicePlan;
  readonly mode: StopMode;
  readonly host: RunnerHost;
}

/**
 * Stops a run to its last process and its last listening socket.
 * `null`: nothing is left; else what is left, by pid and command.
 */
export async function endRun({ live, service, mode, host }: EndRequest): Promise<Failure | null> {
  const { record } = live;
  const pid = record.root?.pid ?? 0;
  const sockets = record.port === null ? [] : ownershipOf(record, record.port).ours.map(({ inode }) => inode);
  const onKill = (left: readonly LeftProcess[]): void => host.announce(service.name, { kind: 'killing', pid, left });
  if (mode === 'graceful') host.announce(service.name, stoppingNews(record, service));
  const policy = mode === 'kill' ? AT_ONCE : service.stop;
  const ended = await endWholeRun({ record, environment: live.environment.exported, policy, onKill });
  if (!ended.ok) return { reason: 'stop-incomplete', left: ended.error, port: record.port };
  const left = record.port === null ? [] : holdersOfSockets(record.port, sockets);
  return left.length > 0 ? { reason: 'stop-incomplete', left, port: record.port } : null;
}

function stoppingNews({ root, container }: RunRecord, { stop }: ServicePlan): RuntimeNews {
  if (container === null) return { kind: 'stopping', pid: root?.pid ?? 0, ...(canAskToEnd ? stop : AT_ONCE) };
  const isForeign = container.state === 'up' && container.begun.length === 0;
  return { kind: 'container', news: isForeign ? 'left' : 'stopping' };
}

/** Processes that still hold the run's own listening sockets: a daemon that shook off every mark of the run. */
function holdersOfSockets(port: number, inodes: readonly string[]): LeftProcess[] {
  const still = listenersOn(port).filter(({ inode }) => inodes.includes(inode));
  if (still.length === 0) return [];
  const pids = [...ownersOf(still).values()].flat();
  return [...new Set(pids)].map((pid) => ({ pid, command: commandLineOf(pid) ?? '?' }));
}
