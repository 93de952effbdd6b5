import type { ServiceName, Step } from './schedule.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Stage } from './stage.ts';

const RELOAD_MS = 300;

/** `undefined`: nothing of it runs. */
export function rootOf({ machine }: Stage, service: ServiceName): SimulatedProcess | undefined {
  return machine.processes.find(({ facts }) => facts.name === `serve-${service}`);
}

export function crash(stage: Stage, { service, what, code }: Extract<Step, { do: 'crash' }>): void {
  const root = rootOf(stage, service);
  const processes = what === 'tree' ? stage.truth.processesOf(service) : root === undefined ? [] : [root];
  const end = code === null ? { code, signal: 'SIGKILL' } : { code, signal: null };
  for (const process of processes) stage.machine.end(process, end);
}

/** Makes something of a service not well. */
export function change(stage: Stage, service: ServiceName, alter: (root: SimulatedProcess) => void): void {
  const root = rootOf(stage, service);
  if (root === undefined) return;
  stage.truth.excuse(service, 'it is not well');
  alter(root);
  stage.machine.notify();
}

/** As a reloader does: the port is closed for a moment. */
export function reload(stage: Stage, service: ServiceName): void {
  const { machine } = stage;
  const root = rootOf(stage, service);
  const [port] = root === undefined ? [] : machine.sockets.portsOf(root);
  if (root === undefined || port === undefined) return;
  machine.sockets.closeAllOf(root);
  machine.clock.schedule(RELOAD_MS, root, () => {
    if (!machine.sockets.listen(root, port)) machine.end(root, { code: 98, signal: null });
  });
}
