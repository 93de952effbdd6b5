import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessIdentity } from '../../src/platform/process-identity.ts';
import { judgeStatus } from '../../src/runtime/state/judge-status.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { Life, Present } from '../../src/runtime/state/present.ts';
import { readRunRecord } from '../../src/runtime/state/run-record-file.ts';
import { readStatus } from '../../src/runtime/state/status-file.ts';
import type { ServiceRunner } from '../../src/runtime/supervisor/service/service-runner.ts';
import type { Supervisor } from '../../src/runtime/supervisor/supervisor.ts';
import type { Checkout } from './checkout.ts';
import type { Machine } from './machine.ts';
import { reservationsOn } from './reservations-on.ts';
import type { Truth } from './truth.ts';

export interface Observed {
  readonly machine: Machine;
  readonly truth: Truth;
  readonly checkout: Checkout;
}

/** What holds at any moment: what is called ended has no process, and a port is that of one run. */
export function checkMoment({ machine, truth, checkout }: Observed): void {
  const { supervisor } = checkout.supervision ?? {};
  if (supervisor === undefined) return;
  for (const { service, lifecycle } of supervisor.runners) {
    if (lifecycle.run !== null) continue;
    const left = truth.processesOf(service.name);
    if (left.length > 0)
      machine.fault(`${service.name} is ${lifecycle.state}, and process ${left[0]?.pid} of it lives`);
  }
  const taken = new Map<number, string>();
  for (const { port, service, run } of supervisor.ports.claims.all) {
    // A run that waits until another one has left its port has no process yet.
    if (run === null || !machine.processes.some(({ facts }) => facts.run === run && facts.service !== null)) continue;
    const other = taken.get(port);
    if (other !== undefined && other !== service) machine.fault(`${other} and ${service} both have port ${port}`);
    taken.set(port, service);
  }
}

/** What holds once nothing happens any more: the files say what is so, and nothing is kept that is not needed. */
export function checkRest(observed: Observed, supervisor: Supervisor): void {
  const { machine, checkout } = observed;
  for (const runner of supervisor.runners) checkService(observed, runner);
  const running = supervisor.runners.flatMap(({ record }) => (record === null ? [] : [record]));
  const ports = running.flatMap(({ port }) => (port === null ? [] : [port]));
  const reserved = reservationsOn(machine).flatMap(({ root, port }) => (root === checkout.root ? [port] : []));
  expectSame(machine, 'reserved ports', [reserved, ports]);
  expectSame(machine, 'claimed ports', [supervisor.ports.claims.all.map(({ port }) => port), ports]);
  const stray = machine.processes.filter(
    ({ facts }) => facts.run !== null && !running.some(({ id }) => id === facts.run),
  );
  if (stray.length > 0) machine.fault(`process ${stray[0]?.pid} is of no run that is known`);
  // What a kill leaves of a file that was being written is taken away by `clean`.
  const files = readdirSync(pathsOf(checkout.root).runs).filter((name) => !name.endsWith('.tmp'));
  expectSame(machine, 'run files', [files, running.flatMap(({ id, service }) => [`${id}.fifo`, `${service}.json`])]);
  const log = readText(pathsOf(checkout.root).runtimeLog);
  for (const line of log.split('\n')) if (line.includes(' ERROR ')) machine.fault(`the runtime's log: ${line}`);
  checkHeld(machine, 'FIFO watches', 0);
  checkHeld(machine, 'locks', 1);
}

function checkService({ machine, truth, checkout }: Observed, runner: ServiceRunner): void {
  const { name } = runner.service;
  const { state, run } = runner.lifecycle;
  const blame = (what: string): void => machine.fault(`${name} is ${state}, but ${what}`);
  const status = readStatus(checkout.root, name);
  // Of a service that was never started there is none; what an earlier supervisor gave up stays told.
  const told = status.ok ? judgeStatus(status.value, presentOn(machine)).state : 'down';
  if (told !== state && !(told === 'failed' && state === 'down')) blame(`./dev status says ${told}`);
  const processes = truth.processesOf(name);
  if (processes.some(({ facts }) => facts.run !== run)) blame('a process of another run lives');
  switch (state) {
    case 'starting':
    case 'stopping':
    case 'backing-off':
      blame('nothing happens any more');
      return;
    case 'down':
    case 'failed':
      return;
    case 'ready':
    case 'unhealthy': {
      const record = readRunRecord(checkout.root, name);
      const { id, root, port } = record.ok ? record.value : NO_RECORD;
      if (id !== run) blame('its record is of another run');
      if (!processes.some(({ pid }) => pid === root?.pid)) blame('its recorded root is dead');
      if (status.ok && status.value.pid !== root?.pid) blame('its status has another pid than its record');
      const owner = port === null ? undefined : machine.sockets.ownerAt(port);
      const isWell = owner !== undefined && processes.includes(owner) && owner.manner === 'well';
      if (isWell !== (state === 'ready')) blame(`port ${port} is answered ${isWell ? 'well' : 'not well'}`);
    }
  }
}

function presentOn({ sockets, find }: Machine): Present {
  const lifeOf = ({ pid, startTime }: ProcessIdentity): Life => (find(pid)?.startTime === startTime ? 'alive' : 'gone');
  return {
    lifeOfRoot: lifeOf,
    lifeOfSupervisor: lifeOf,
    isClosed: ({ port }) => sockets.ownerAt(port) === undefined,
    servesAlone: (pid, port) => sockets.ownerAt(port)?.pid === pid,
  };
}

const NO_RECORD = { id: null, root: null, port: null } as const;

/** After everything was stopped nothing is left: no process, file, port, timer or watch. */
export function checkEnd({ machine, checkout }: Observed, supervisor: Supervisor): void {
  for (const { service, lifecycle } of supervisor.runners) {
    if (lifecycle.state !== 'down') machine.fault(`${service.name} is ${lifecycle.state} after the stop of all`);
    if (supervisor.leases.isNeeded(service.name))
      machine.fault(`${service.name} is needed, though every task has ended`);
  }
  const left = machine.processes.filter(({ facts }) => facts.run !== null);
  expectSame(machine, 'processes', [left.map(({ pid }) => pid), []]);
  checkHeld(machine, 'path watches', 0);
  const timers = machine.clock.timers.filter(({ owner }) => owner === checkout.self);
  if (timers.length > 0) machine.fault(`${timers.length} timers are left: ${timers.map(({ action }) => action)}`);
}

function checkHeld(machine: Machine, what: string, expected: number): void {
  const count = machine.held.get(what) ?? 0;
  if (count !== expected) machine.fault(`${count} ${what} are held, not ${expected}`);
}

function expectSame<Value>(machine: Machine, what: string, [found, expected]: readonly [Value[], Value[]]): void {
  const [one, other] = [found, expected].map((values) => [...values].map(String).sort().join(', '));
  if (one !== other) machine.fault(`${what}: ${one || 'none'}; expected: ${other || 'none'}`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // Nothing was noted.
  }
}
