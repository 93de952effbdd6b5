import { expect, test } from 'vitest';
import { AT_REST, type Lifecycle } from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { toldPort } from '../../src/runtime/supervisor/service/told-port.ts';

const READY: Lifecycle = { ...AT_REST, wanted: 'up', state: 'ready', run: 'r', failure: null };
const RESTARTING: Lifecycle = { ...READY, state: 'stopping', next: 'launch', failure: null, lostRaces: 0 };
const ENDING: Lifecycle = { ...READY, state: 'stopping', next: 'rest', failure: null };
const STARTING: Lifecycle = { ...READY, state: 'starting', lostRaces: 0 };

test.each<[string, Lifecycle, number | null, number | null]>([
  ['that runs is told where it really listens', READY, 5050, 5050],
  ['that is being restarted is told where its next run is to be', RESTARTING, 5050, 5001],
  ['that is being stopped is told where it still is', ENDING, 5050, 5050],
  ['that is being launched is told what was decided', STARTING, null, 5001],
])('of a service %s', (_, lifecycle, actual, told) => {
  const record = actual === null ? null : { port: actual };
  expect(toldPort({ lifecycle, record, spec: { port: { wanted: 5000, assigned: 5001 } } })).toBe(told);
});

test('of a service that was never launched no port is told', () => {
  expect(toldPort({ lifecycle: AT_REST, record: null, spec: null })).toBe(null);
});
