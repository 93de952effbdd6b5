import { withDependencies } from '../../src/plan/with-dependencies.ts';
import { ACQUIRE, type Lease, RELEASE } from '../../src/runtime/supervisor/control/protocol.ts';
import { ask, askStart } from './ask.ts';
import { planOfSchedule } from './plan-of-schedule.ts';
import type { Step } from './schedule.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Stage } from './stage.ts';

/** Begins what `./dev run` asks for: the services that a task needs, and a lease of them as long as it runs. */
export function askTask(stage: Stage, { names, ms, isKilled }: Extract<Step, { do: 'task' }>): void {
  const { machine, schedule } = stage;
  const task = machine.spawn({ name: 'task' });
  const needed = withDependencies(planOfSchedule(schedule, 0), names).map(({ name }) => name);
  const lease = { id: `task ${task.startTime}`, holder: task.identity, names: needed, onDemand: needed, title: 'task' };
  const endings = [{ services: needed, spared: null }];
  askStart(stage, { do: 'start', names, mode: 'normal', config: 0, port: null, isOnDemand: true });
  void ask(stage, lease.id, {
    endpoint: ACQUIRE,
    body: lease,
    asked: () => () => undefined,
    client: task,
    endings,
  });
  machine.clock.schedule(ms, task, () => {
    if (isKilled) machine.end(task, { code: null, signal: 'SIGKILL' });
    else release(stage, lease, task);
  });
}

function release(stage: Stage, lease: Lease, task: SimulatedProcess): void {
  const request = {
    endpoint: RELEASE,
    body: { lease, mode: 'graceful' },
    asked: () => () => undefined,
    endings: [{ services: lease.names, spared: null }],
  };
  void ask(stage, `release of ${lease.id}`, request).then(() => {
    stage.machine.end(task, { code: 0, signal: null });
  });
}
