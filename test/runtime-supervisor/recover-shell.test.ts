import { expect, test } from 'vitest';
import { serviceEnvironment } from '../../src/plan/environment.ts';
import { recoverShell } from '../../src/runtime/supervisor/adoption/recover-shell.ts';
import { planOfRecords } from '../../src/runtime/supervisor/run/plan-of-records.ts';
import { servicePlan } from '../plan/service-plan.ts';

const service = servicePlan({ env: { CORS: 'http://localhost:$PORT', MODE: 'config' }, dotenv: { KEY: 'file' } });
const plan = { ...planOfRecords([]), services: [service], dotenv: { ROOT: 'dotenv' } };
const run = { plan, root: '/srv/shop', service, ports: new Map([['backend', 8000]]), runId: '0'.repeat(32) };

test('the shell of a run is told from its variables, so that the next launch is given the same', () => {
  const shellEnvironment = { PATH: '/bin', MODE: 'shell', TOKEN: 'secret' };
  const variables = serviceEnvironment({ ...run, shellEnvironment });

  const recovered = recoverShell(variables.exported, run);

  expect(recovered).toEqual(shellEnvironment);
  expect(serviceEnvironment({ ...run, shellEnvironment: recovered })).toEqual(variables);
});

test('what the config and the env files give follows a port that has changed', () => {
  const variables = serviceEnvironment({ ...run, shellEnvironment: { PATH: '/bin' } }).exported;
  const moved = { ...run, ports: new Map([['backend', 8001]]) };

  const next = serviceEnvironment({ ...moved, shellEnvironment: recoverShell(variables, run) }).exported;

  expect(next).toMatchObject({ CORS: 'http://localhost:8001', PORT: '8001', KEY: 'file' });
});
