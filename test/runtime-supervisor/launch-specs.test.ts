import { expect, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import type { LaunchSpec, PortAssignment } from '../../src/runtime/supervisor/run/launch-spec.ts';
import { planOfRecords } from '../../src/runtime/supervisor/run/plan-of-records.ts';
import { LaunchSpecs } from '../../src/runtime/supervisor/service/launch-specs.ts';
import { servicePlan } from '../plan/service-plan.ts';

function specFor(command: string, port: number): LaunchSpec {
  return {
    plan: planOfRecords([]),
    service: servicePlan({ command }),
    fingerprint: '',
    shellEnvironment: {},
    port: { wanted: port, assigned: port },
    wantedPorts: new Map(),
    client: null,
    gate: async () => null,
  };
}

test('the first launch takes the ports that were decided for it, any other one asks again', async () => {
  const specs = new LaunchSpecs('backend', async () => ok({ wanted: 8000, assigned: 8001 }));
  specs.give(specFor('old', 8000));
  expect(await specs.next('run')).toMatchObject({ value: { port: { assigned: 8000 } } });
  expect(await specs.next('run')).toMatchObject({ value: { port: { assigned: 8001 } } });
  expect(specs.current?.port.assigned).toBe(8001);
});

test('a request that comes while a launch asks for its port again is what runs next', async () => {
  let answer: (port: PortAssignment) => void = () => undefined;
  const asked = new Promise<PortAssignment>((resolve) => {
    answer = resolve;
  });
  const specs = new LaunchSpecs('backend', async () => ok(await asked));
  specs.takeOver(specFor('old', 8000));
  const relaunch = specs.next('run');

  specs.give(specFor('new', 9000));
  answer({ wanted: 8000, assigned: 8000 });

  expect(await relaunch).toMatchObject({ value: { service: { command: 'old' } } });
  expect(specs.current).toMatchObject({ service: { command: 'new' }, port: { assigned: 9000 } });
  expect(await specs.next('run')).toMatchObject({ value: { service: { command: 'new' }, port: { assigned: 9000 } } });
});
