import type { Machine } from './machine.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** What ends the turn of a process that is killed in the middle of it. */
export class Killed extends Error {}

/** Every call to the system goes through here: a dead process makes none, and a schedule may kill one at any. */
export function callSystem(machine: Machine, self: SimulatedProcess): void {
  if (self.callsLeft !== null && self.isAlive) {
    self.callsLeft -= 1;
    if (self.callsLeft <= 0) machine.end(self, { code: null, signal: 'SIGKILL' });
  }
  if (!self.isAlive) throw new Killed(`process ${self.pid} is dead`);
}

/** What a dead process waits for never comes. */
export function whileAlive<Value>(self: SimulatedProcess, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve) => {
    void promise.then((value) => {
      if (self.isAlive) resolve(value);
    });
  });
}

/** A turn of a process: one that is killed in it does no more. */
export function takeTurn(machine: Machine, self: SimulatedProcess, action: () => void): void {
  if (!self.isAlive) return;
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof Killed) return;
    machine.fault(thrown instanceof Error ? String(thrown.stack) : String(thrown));
  }
}
