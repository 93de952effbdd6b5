import { expect, test } from 'vitest';
import { wantedPorts } from '../../src/plan/wanted-ports.ts';
import { planOf } from './plans.ts';

const API_PORT = '$' + '{API_PORT:-8000}';
const PLAN = {
  services: {
    'api-server': { command: 'x', port: API_PORT },
    web: { command: 'x', port: 5173 },
    any: { command: 'x', port: 'auto' },
    worker: { command: 'x' },
  },
};

function ports(options: {
  shell?: Record<string, string>;
  dotenv?: Record<string, string>;
  overrides?: Record<string, number>;
  shift?: number;
}) {
  const { shell = {}, dotenv = {}, overrides = {}, shift = 0 } = options;
  const wanted = wantedPorts(planOf(PLAN, { root: dotenv }), shell, { overrides, shift });
  return wanted.ok ? Object.fromEntries(wanted.value) : wanted.error;
}

test('without any wish the config decides', () => {
  expect(ports({})).toEqual({ 'api-server': 8000, web: 5173, any: 'auto', worker: null });
});

test('the command line wins over the shell, the shell over env files, they over the config', () => {
  const dotenv = { WEB_PORT: '1001', API_SERVER_PORT: '1002', ANY_PORT: '1003' };
  expect(ports({ dotenv })).toMatchObject({ web: 1001, 'api-server': 1002, any: 1003 });
  const shell = { WEB_PORT: '2001', API_SERVER_PORT: 'auto' };
  expect(ports({ dotenv, shell })).toMatchObject({ web: 2001, 'api-server': 'auto', any: 1003 });
  expect(ports({ dotenv, shell, overrides: { web: 3001 } })).toMatchObject({ web: 3001, 'api-server': 'auto' });
});

test('an expression in the config sees the shell and env files', () => {
  expect(ports({ dotenv: { API_PORT: '9000' } })).toMatchObject({ 'api-server': 9000 });
  expect(ports({ dotenv: { API_PORT: '9000' }, shell: { API_PORT: '9001' } })).toMatchObject({ 'api-server': 9001 });
});

test('a worktree has the ports of the config shifted, and those that are meant for it as they are', () => {
  expect(ports({ shift: 20 })).toEqual({ 'api-server': 8020, web: 5193, any: 'auto', worker: null });
  expect(ports({ shift: 20, dotenv: { API_PORT: '9000' } })).toMatchObject({ 'api-server': 9020 });
  expect(ports({ shift: 20, shell: { API_PORT: '9000' } })).toMatchObject({ 'api-server': 9000 });
  expect(ports({ shift: 20, dotenv: { WEB_PORT: '1001' }, overrides: { any: 7 } })).toMatchObject({
    web: 1001,
    any: 7,
  });
});

test('a service without a port gets none, whatever a variable says', () => {
  expect(ports({ shell: { WORKER_PORT: '1' } })).toMatchObject({ worker: null });
});

test('a fallback port that devgen exported is no wish', () => {
  const shell = { WEB_PORT: '5174', DEVGEN_EXPORTED: '{"WEB_PORT":"5174"}' };
  expect(ports({ shell })).toMatchObject({ web: 5173 });
});

test('an empty variable is no wish', () => {
  expect(ports({ shell: { WEB_PORT: '' } })).toMatchObject({ web: 5173 });
});

test('all wishes that are no ports are named, with where they come from', () => {
  expect(ports({ shell: { WEB_PORT: '70000', API_PORT: 'http' }, dotenv: { ANY_PORT: '0' } })).toEqual([
    {
      reason: 'port-invalid',
      service: 'api-server',
      expression: API_PORT,
      value: 'http',
      source: 'devgen.config.yaml',
    },
    {
      reason: 'port-invalid',
      service: 'web',
      expression: '$WEB_PORT',
      value: '70000',
      source: 'WEB_PORT of the environment',
    },
    { reason: 'port-invalid', service: 'any', expression: '$ANY_PORT', value: '0', source: 'ANY_PORT of an env file' },
  ]);
});

test('a service may have a name that every object has', () => {
  const plan = planOf({ services: { constructor: { command: 'x', port: '$constructor' } } });
  expect(wantedPorts(plan, { constructor: '80' }, { overrides: {}, shift: 10 })).toEqual({
    ok: true,
    value: new Map([['constructor', 80]]),
  });
});
