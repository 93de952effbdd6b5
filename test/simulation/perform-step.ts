import { pathsOf } from '../../src/runtime/state/paths.ts';
import { askStart, askStop } from './ask.ts';
import { askTask } from './ask-task.ts';
import { change, crash, reload, rootOf } from './mishaps.ts';
import { MEMORY_LIMIT_BYTES } from './plan-of-schedule.ts';
import type { Step } from './schedule.ts';
import { USER } from './simulated-process.ts';
import type { Stage } from './stage.ts';
import { claim, giveBack, steal } from './strangers.ts';

/** Lets one step of a schedule happen. Requests are only begun. */
export async function performStep(stage: Stage, step: Step): Promise<void> {
  const { machine, checkout } = stage;
  machine.tell(`> ${JSON.stringify(step)}`);
  switch (step.do) {
    case 'start':
      return askStart(stage, step);
    case 'stop':
      return askStop(stage, step.names, step.mode);
    case 'task':
      return askTask(stage, step);
    case 'pass':
      return machine.pass(step.ms);
    case 'crash':
      return crash(stage, step);
    case 'kill-supervisor':
      return killSupervisor(stage, step.calls);
    case 'steal':
      return steal(stage, step.port, step.user === 'same' ? USER : USER + 1);
    case 'give-back':
      return giveBack(machine, (port) => port === step.port);
    case 'claim':
      return claim(machine, step.port);
    case 'set-clock':
      return machine.clock.setTimeOfDay(step.ms);
    case 'turn':
      return change(stage, step.service, (root) => {
        root.manner = step.manner;
      });
    case 'close-port':
      return reload(stage, step.service);
    case 'bloat':
      return change(stage, step.service, (root) => {
        root.residentBytes = MEMORY_LIMIT_BYTES * 2;
      });
    case 'write-log':
      if (rootOf(stage, step.service) === undefined) return;
      return machine.grow(pathsOf(checkout.root).log(step.service), `${'x'.repeat(step.bytes)}\n`);
  }
}

function killSupervisor({ machine, checkout: { self } }: Stage, calls: number): void {
  if (self === null) return;
  if (calls > 0) self.callsLeft = calls;
  else machine.end(self, { code: null, signal: 'SIGKILL' });
}
