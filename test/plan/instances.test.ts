import { expect, test } from 'vitest';
import { calledNames } from '../../src/base/instance-name.ts';
import { serviceEnvironment } from '../../src/plan/environment.ts';
import { referencesTo } from '../../src/plan/references-to.ts';
import { serviceFingerprint } from '../../src/plan/service-fingerprint.ts';
import { wantedPorts } from '../../src/plan/wanted-ports.ts';
import { planOf, serviceOf } from './plans.ts';

const SERVICES = {
  web: { command: 'x', port: 5173, dependsOn: ['api'], env: { TARGET: '$API_URL' } },
  api: { command: 'x', port: `\u0024{BASE:-8000}`, instances: 3, open: true },
  any: { command: 'x', port: 'auto', instances: 2 },
};
const PLAN = planOf({ services: SERVICES, tasks: { e2e: { run: 'x', needs: ['api', 'web'] } } });

function ports(shell: Record<string, string> = {}, shift = 0) {
  const wanted = wantedPorts(PLAN, shell, { overrides: {}, shift });
  return wanted.ok ? Object.fromEntries(wanted.value) : wanted.error;
}

test('a service with instances is so many services, which others wait for, and need, as a whole', () => {
  expect(PLAN.services.map(({ name }) => name)).toEqual(['api.1', 'api.2', 'api.3', 'web', 'any.1', 'any.2']);
  expect(serviceOf(PLAN, 'web').dependsOn).toEqual(['api.1', 'api.2', 'api.3']);
  expect(PLAN.tasks[0]?.needs).toEqual(['api.1', 'api.2', 'api.3', 'web']);
  expect(PLAN.services.filter(({ open }) => open).map(({ name }) => name)).toEqual(['api.1']);
  expect(calledNames(['web', 'api.1', 'api.2'])).toEqual(['web', 'api', 'api.1', 'api.2']);
});

test('their ports count up from the wanted one, wherever that is said; a variable of one decides that one', () => {
  const api = (one: number, two: number, three: number) => ({ 'api.1': one, 'api.2': two, 'api.3': three });
  expect(ports()).toEqual({ ...api(8000, 8001, 8002), web: 5173, 'any.1': 'auto', 'any.2': 'auto' });
  expect(ports({ BASE: '7000' })).toMatchObject(api(7000, 7001, 7002));
  expect(ports({ API_PORT: '9000', ANY_PORT: '4000' })).toMatchObject({ ...api(9000, 9001, 9002), 'any.2': 4001 });
  expect(ports({ API_PORT: '9000', API_2_PORT: '9999' })).toMatchObject(api(9000, 9999, 9002));
  expect(ports({}, 20)).toMatchObject(api(8020, 8021, 8022));
  expect(ports({ API_PORT: '65534' })).toEqual([
    expect.objectContaining({ service: 'api.3', value: '65536', source: 'API_PORT of the environment' }),
  ]);
});

test('each is told of by its own variables, and the first by those of all', () => {
  const decided = new Map([...Object.entries({ web: 5173, 'api.1': 8000, 'api.2': 8001, 'api.3': 8002 })]);
  const own = { plan: PLAN, root: '/x', ports: decided, shellEnvironment: {}, runId: null };
  const { exported } = serviceEnvironment({ ...own, service: serviceOf(PLAN, 'api.2') });
  expect(exported).toMatchObject({ PORT: '8001', API_PORT: '8000', API_1_PORT: '8000', API_3_PORT: '8002' });
  expect(exported.API_2_URL).toBe('http://localhost:8001');
  expect(serviceEnvironment({ ...own, service: serviceOf(PLAN, 'web') }).exported.TARGET).toBe('http://localhost:8000');
  expect(referencesTo(serviceOf(PLAN, 'web'), 'api.1').env).toEqual(['TARGET']);
  expect(referencesTo(serviceOf(PLAN, 'web'), 'api.2').env).toEqual([]);
});

test('more instances change none of those there are, nor who depends on them', () => {
  const more = planOf({ services: { ...SERVICES, api: { ...SERVICES.api, instances: 4 } } });
  for (const name of ['api.1', 'api.3', 'web']) {
    expect(serviceFingerprint(more, name)).toBe(serviceFingerprint(PLAN, name));
  }
});

test('a port for all of them in an env file is part of what each was started with', () => {
  const moved = planOf({ services: SERVICES }, { root: { API_PORT: '9000' } });
  expect(serviceFingerprint(moved, 'api.2')).not.toBe(serviceFingerprint(PLAN, 'api.2'));
  expect(serviceFingerprint(moved, 'any.1')).toBe(serviceFingerprint(PLAN, 'any.1'));
});
