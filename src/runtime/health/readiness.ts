import type { ServicePlan } from '../../plan/plan.ts';
import type { Clock } from '../../platform/clock.ts';
import type { HeldSocket } from '../../platform/held-socket.ts';
import type { Listener } from '../../platform/listeners.ts';
import type { PortRange } from '../../platform/port-binding.ts';
import type { ProbeResult } from './probe.ts';
import type { OnLogGrowth } from './waker.ts';

/** The listeners on a port, seen from one run. */
export interface Ownership {
  readonly ours: readonly Listener[];
  readonly others: readonly Listener[];
}

/** What waiting for readiness may ask of the world. */
export interface ReadinessWorld {
  readonly clock: Clock;
  readonly ephemeral: PortRange;
  /** Cheap: asked every 10 ms. */
  listenersOn(port: number): readonly Listener[];
  /** Tells the run's listeners on the port from all others; asked only when there is any. */
  ownership(port: number): Ownership;
  /** The run's own listeners as sockets of its processes; fewer, or none, where the system does not tell. */
  heldSocketsOf(ours: readonly Listener[]): readonly HeldSocket[];
  isStillHeld(socket: HeldSocket): boolean;
  /** Wherever the run's processes listen. */
  listenersOfRun(): readonly Listener[];
  readonly onLogGrowth: OnLogGrowth;
  /** The service's own probe, once, against these addresses of that port. */
  probe(
    at: { readonly port: number | null; readonly addresses: readonly string[] },
    timeoutMs: number,
  ): Promise<ProbeResult>;
}

export interface ReadyRequest {
  readonly service: Pick<ServicePlan, 'host' | 'health'>;
  /** The port it was told; `null`: it has none. */
  readonly port: number | null;
  /** Of a run that was ready, ports beside its own where it is not looked for; `null`: it was not ready yet. */
  readonly besides: readonly number[] | null;
  /** Aborted when the run ends or is no longer wanted. */
  readonly signal: AbortSignal;
}
