import { withDependencies } from '../../src/plan/with-dependencies.ts';
import { START, STOP, type StartRequest } from '../../src/runtime/supervisor/control/protocol.ts';
import type { CheckoutRequest } from './checkout.ts';
import { planOfSchedule } from './plan-of-schedule.ts';
import { PORTS, SERVICES, type ServiceName, type Step } from './schedule.ts';
import type { Stage } from './stage.ts';
import type { Ending } from './truth.ts';

/** Begins what `./dev start` asks for. */
export function askStart(stage: Stage, step: Extract<Step, { do: 'start' }>): void {
  const { schedule, truth } = stage;
  const { names, mode, config, port, isOnDemand } = step;
  const plan = planOfSchedule(schedule, config);
  const first = names[0] ?? SERVICES[0];
  const asked: readonly string[] = names.length === 0 ? SERVICES : names;
  const touched = withDependencies(plan, names).map(({ name }) => name as ServiceName);
  const ending = touched.filter(
    (name) => (mode !== 'normal' && asked.includes(name)) || (port !== null && name === first),
  );
  for (const name of touched) {
    const mayEvict = schedule.settings[name].onConflict === 'kill' || (mode === 'force' && asked.includes(name));
    if (mayEvict) truth.allowEviction(name === first && port !== null ? port : PORTS[name]);
  }
  const request: StartRequest = {
    ...{
      plan,
      names: [...names],
      mode,
      isOnDemand,
      conflicts: {},
      timeoutMs: null,
      terminal: null,
      user: null,
      forMs: null,
    },
    ports: port === null ? {} : { [first]: port },
    shellEnvironment: {},
    callers: [],
    askedAt: stage.machine.clock.timeOfDayMs,
  };
  void ask(stage, `start ${names} ${mode}`, {
    endpoint: START,
    body: request,
    asked: () => {
      truth.words.noteStart(touched);
      return () => undefined;
    },
    endings: [
      { services: ending, spared: null },
      { services: touched, spared: String(config) },
    ],
  });
}

/** Empty names: all. */
export function askStop(stage: Stage, names: readonly ServiceName[], mode: 'graceful' | 'kill'): void {
  const services = names.length === 0 ? SERVICES : names;
  void ask(stage, `stop ${names} ${mode}`, {
    endpoint: STOP,
    body: { names, mode },
    asked: () => stage.truth.beginStop(services),
    endings: [{ services, spared: null }],
  });
}

export type Asked = CheckoutRequest & { readonly endings: readonly Ending[] };

export function ask(
  { pending, truth, checkout, machine }: Stage,
  what: string,
  { endings, ...request }: Asked,
): Promise<void> {
  const name = `${what} (asked at ${Math.round(machine.clock.nowMs - 1000)} ms)`;
  pending.add(name);
  const ends = endings.map((ending) => truth.beginEnding(ending));
  return checkout.ask(request).then((answer) => {
    machine.tell(`answered: ${name} ${answer.slice(0, 300)}`);
    pending.delete(name);
    for (const end of ends) end();
  });
}
