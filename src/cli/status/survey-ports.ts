import { listenersOfProcesses } from '../../platform/listeners.ts';
import { portUses } from '../../platform/port-uses.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { inspectPorts } from '../../runtime/ports/inspect-port.ts';
import type { PortState } from '../../runtime/ports/port-facts.ts';
import { ownProcesses } from '../context/own-processes.ts';
import type { ServiceView } from './service-view.ts';
import { wantedHere } from './wanted-here.ts';

/** What a service has of the machine's ports at this moment. */
export interface ServicePorts {
  /** On which its processes listen, its own among them; ascending. */
  readonly listening: readonly number[];
  /** That its processes have accepted on those. */
  readonly connections: number;
  /** Of a service that does not run, whose the port is that it would want; `null`: it runs, or wants none. */
  readonly wanted: { readonly port: number; readonly state: PortState } | null;
}

/** By service, at the price of one look at sockets and processes. */
export async function surveyPorts(
  checkout: Checkout,
  views: readonly ServiceView[],
): Promise<ReadonlyMap<string, ServicePorts>> {
  const own = ownProcesses(checkout.root);
  const pidsOf = (service: string): number[] =>
    [...own.ownMembers].flatMap(([pid, owner]) => (owner === service ? [pid] : []));
  const configured = wantedHere(checkout);
  const wanted = new Map(
    views.flatMap(({ status: { service }, pid }) => {
      const port = configured.ok ? configured.value.get(service) : null;
      return pid === null && typeof port === 'number' ? [[service, port] as const] : [];
    }),
  );
  const states = await inspectPorts([...new Set(wanted.values())], own);
  return new Map(
    views.map(({ status: { service } }) => {
      const pids = pidsOf(service);
      const listening = [...new Set(listenersOfProcesses(pids).map(({ port }) => port))].sort((a, b) => a - b);
      const uses = listening.length === 0 ? [] : portUses(new Set(listening));
      const connections = uses.filter((use) => !use.isListening && pids.includes(use.pid)).length;
      const port = wanted.get(service);
      const state = port === undefined ? undefined : states.get(port);
      return [service, { listening, connections, wanted: port && state ? { port, state } : null }];
    }),
  );
}
