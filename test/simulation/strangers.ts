import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import { NEIGHBOUR, reservationsOn } from './reservations-on.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Stage } from './stage.ts';

/** A server that has nothing to do with the checkout takes the port, if it is free. */
export function steal({ machine, truth }: Stage, port: number, userId: number): void {
  if (machine.sockets.ownerAt(port) !== undefined) return;
  const stranger: SimulatedProcess = machine.spawn({
    name: 'stranger',
    userId,
    onSignal: () => machine.end(stranger, { code: null, signal: 'SIGTERM' }),
  });
  machine.sockets.listen(stranger, port);
  truth.excusePort(port, 'its port was stolen');
}

/** Strangers and neighbours leave these ports. */
export function giveBack(machine: Machine, isGivenBack: (port: number) => boolean): void {
  for (const process of machine.processes) {
    const [kind, claimed] = process.facts.name.split(' ');
    if (kind !== 'stranger' && kind !== 'neighbour') continue;
    const ports = kind === 'stranger' ? machine.sockets.portsOf(process) : [Number(claimed)];
    if (ports.some(isGivenBack)) machine.end(process, { code: 0, signal: null });
  }
}

/** What another checkout does that is about to start a service on the port, if that is not claimed yet. */
export function claim(machine: Machine, port: number): void {
  const isClaimed = reservationsOn(machine).some((claimed) => claimed.port === port);
  if (machine.isLocked('ports') || isClaimed || machine.sockets.ownerAt(port) !== undefined) return;
  const { identity } = machine.spawn({ name: `neighbour ${port}`, environment: { DEVGEN_SUPERVISOR: '1' } });
  const folder = join(machine.folder, 'runtime/ports');
  mkdirSync(folder, { recursive: true });
  const facts = { root: NEIGHBOUR, service: 'their', run: null, supervisor: identity, branch: null, repository: null };
  writeFileSync(join(folder, `${port}.json`), JSON.stringify({ schemaVersion: 1, ...facts }));
}
