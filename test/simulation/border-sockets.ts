import { heldSocketShape } from '../../src/platform/held-socket.ts';
import type { Listener } from '../../src/platform/listeners.ts';
import type { Answer, Question } from '../../src/runtime/health/ask-http.ts';
import { callSystem } from './killed.ts';
import type { Machine } from './machine.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** What asks sockets, as it is on a simulated machine. */
export function bordersOfSockets(machine: Machine, self: SimulatedProcess) {
  const all = (): readonly Listener[] => {
    callSystem(machine, self);
    return machine.sockets.listeners;
  };
  const isOwner = (inode: string, pids: ReadonlySet<number>): boolean =>
    pids.has(machine.sockets.ownerOf(inode)?.pid ?? Number.NaN);
  const later = <Value>(ms: number, find: () => Value): Promise<Value> =>
    new Promise((resolve) => machine.clock.schedule(ms, self, () => resolve(find())));
  return {
    listeners: {
      allListeners: all,
      listenersByPort: () => {
        const listeners = all();
        return new Map(listeners.map(({ port }) => [port, listeners.filter((each) => each.port === port)]));
      },
      socketsInUse: () => String(all().length),
      listenersOn: (port) => all().filter((listener) => listener.port === port),
      isPortClosed: (port) => all().every((listener) => listener.port !== port),
      ownersOf: (listeners, among) => {
        callSystem(machine, self);
        const wanted = among === undefined ? undefined : new Set(among);
        return new Map(
          listeners.flatMap(({ inode }) => {
            const pid = machine.sockets.ownerOf(inode)?.pid;
            return pid === undefined || wanted?.has(pid) === false ? [] : [[inode, [pid]] as const];
          }),
        );
      },
      listenersOfProcesses: (pids) => {
        const wanted = new Set(pids);
        return all().filter(({ inode }) => isOwner(inode, wanted));
      },
      nearEndsAt: () => ({ lingering: 0, pids: [] }),
    } satisfies typeof import('../../src/platform/listeners.ts'),
    'held-socket': {
      heldSocketShape,
      heldSocketOf: ({ inode }, pids) => {
        callSystem(machine, self);
        const pid = [...pids].find((each) => isOwner(inode, new Set([each])));
        return pid === undefined ? undefined : { pid, descriptor: 3, inode };
      },
      isStillHeld: ({ pid, inode }) => isOwner(inode, new Set([pid])),
    } satisfies typeof import('../../src/platform/held-socket.ts'),
    'port-binding': {
      canBind: (port) => {
        callSystem(machine, self);
        return later(1, () => (machine.sockets.ownerAt(port) === undefined ? 'free' : 'in-use'));
      },
      ephemeralRange: () => ({ from: 32_768, to: 60_999 }),
    } satisfies typeof import('../../src/platform/port-binding.ts'),
    'addresses-of': {
      addressesOf: () => later(0, () => ['127.0.0.1']),
    } satisfies typeof import('../../src/platform/addresses-of.ts'),
    'ask-http': {
      askHttp: ({ url, timeoutMs, signal }: Question): Promise<Answer> => {
        callSystem(machine, self);
        const owner = machine.sockets.ownerAt(Number(url.port));
        return new Promise((resolve) => {
          const answer = answerOf(owner);
          const ms = answer.kind === 'silent' ? timeoutMs : 1;
          const end = (what: Answer): void => {
            machine.clock.cancel(timer);
            unwatch();
            signal.removeEventListener('abort', abort);
            resolve(what);
          };
          const abort = (): void => end({ kind: 'unreachable', message: 'ABORT_ERR' });
          const timer = machine.clock.schedule(ms, self, () => end(answer));
          // What was silent answers once it is well, and closes what it has open when it ends.
          const unwatch = machine.watch(() => {
            if (owner?.isAlive === false) end({ kind: 'closed', responseMs: 1 });
            else if (answer.kind === 'silent' && owner?.manner !== 'silent') end(answerOf(owner));
          });
          signal.addEventListener('abort', abort);
        });
      },
    } satisfies typeof import('../../src/runtime/health/ask-http.ts'),
    'ask-connection': {
      askConnection: ({ port }) => {
        callSystem(machine, self);
        return later(1, () => machine.sockets.ownerAt(port) !== undefined);
      },
    } satisfies typeof import('../../src/runtime/health/ask-connection.ts'),
  };
}

function answerOf(owner: SimulatedProcess | undefined): Answer {
  switch (owner?.manner) {
    case undefined:
      return { kind: 'unreachable', message: 'ECONNREFUSED' };
    case 'silent':
      return { kind: 'silent' };
    case 'well':
      return { kind: 'status', status: 200, responseMs: 1 };
    case 'error':
      return { kind: 'status', status: 500, responseMs: 1 };
  }
}
