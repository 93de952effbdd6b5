import { expect, test } from 'vitest';
import type { ProcessIdentity } from '../../src/platform/process-identity.ts';
import { type JudgedState, judgeStatus } from '../../src/runtime/state/judge-status.ts';
import type { ServiceState, Wanted } from '../../src/runtime/state/lifecycle.ts';
import type { Present } from '../../src/runtime/state/present.ts';
import { sampleStatus } from './sample-state.ts';

const SERVICE: ProcessIdentity = { bootId: 'b', pidNamespace: 'n', pid: 100, startTime: 1 };
const SUPERVISOR: ProcessIdentity = { bootId: 'b', pidNamespace: 'n', pid: 200, startTime: 2 };

interface Case {
  readonly state: ServiceState;
  readonly wanted?: Wanted;
  readonly spawned?: false;
  readonly alive: readonly ProcessIdentity[];
  readonly judged: JudgedState;
}

const WELL: Present = {
  lifeOfRoot: () => 'alive',
  lifeOfSupervisor: () => 'alive',
  isClosed: () => false,
  servesAlone: () => true,
};
const BOTH = [SERVICE, SUPERVISOR];

test.each<Case>([
  { state: 'ready', alive: BOTH, judged: 'ready' },
  { state: 'ready', alive: [SERVICE], judged: 'ready' },
  { state: 'ready', alive: [SUPERVISOR], judged: 'crashed' },
  { state: 'ready', alive: [], judged: 'crashed' },
  { state: 'ready', wanted: 'down', alive: [], judged: 'down' },
  { state: 'unhealthy', alive: [SERVICE], judged: 'unhealthy' },
  { state: 'unhealthy', alive: [], judged: 'crashed' },
  { state: 'starting', alive: BOTH, judged: 'starting' },
  { state: 'starting', alive: [], judged: 'crashed' },
  { state: 'starting', spawned: false, alive: [SUPERVISOR], judged: 'starting' },
  { state: 'starting', spawned: false, alive: [], judged: 'down' },
  { state: 'stopping', wanted: 'down', alive: BOTH, judged: 'stopping' },
  { state: 'stopping', wanted: 'down', alive: [], judged: 'down' },
  { state: 'stopping', wanted: 'up', alive: [SUPERVISOR], judged: 'down' },
  { state: 'backing-off', spawned: false, alive: [SUPERVISOR], judged: 'backing-off' },
  { state: 'backing-off', spawned: false, alive: [], judged: 'crashed' },
  { state: 'failed', spawned: false, alive: [SUPERVISOR], judged: 'failed' },
  { state: 'failed', spawned: false, alive: [], judged: 'failed' },
  { state: 'down', wanted: 'down', spawned: false, alive: [], judged: 'down' },
])('$state, wanted $wanted, spawned $spawned, $alive.length alive: is $judged', (given) => {
  const spawned = given.spawned ?? true;
  const status = sampleStatus({
    state: given.state,
    wanted: given.wanted ?? 'up',
    pid: spawned ? SERVICE.pid : null,
    identity: spawned ? SERVICE : null,
    supervisor: SUPERVISOR,
  });
  const runs = spawned && given.alive.includes(SERVICE);
  const lifeOf = (identity: ProcessIdentity) => (given.alive.includes(identity) ? 'alive' : 'gone');
  expect(judgeStatus(status, { ...WELL, lifeOfRoot: lifeOf, lifeOfSupervisor: lifeOf })).toEqual({
    stopped: [],
    state: given.judged,
    pid: runs ? SERVICE.pid : null,
    port: runs ? 8001 : null,
    url: runs ? 'http://localhost:8001' : null,
    supervised: given.alive.includes(SUPERVISOR),
    status,
  });
});

test('a status without a supervisor is not supervised', () => {
  expect(judgeStatus(sampleStatus({ supervisor: null }), WELL).supervised).toBe(false);
});

test('a ready service whose port is closed is unhealthy, whatever was written', () => {
  const judged = judgeStatus(sampleStatus({ state: 'ready', port: 4000 }), {
    ...WELL,
    isClosed: ({ port }) => port === 4000,
  });
  expect(judged).toMatchObject({
    state: 'unhealthy',
    status: { failure: { reason: 'not-listening', port: 4000 }, health: { verdict: 'unhealthy', grade: null } },
  });
});

test('of a service and a supervisor that stand still it is said that they do', () => {
  expect(
    judgeStatus(sampleStatus({}), { ...WELL, lifeOfRoot: () => 'stopped', lifeOfSupervisor: () => 'stopped' }).stopped,
  ).toEqual(['service', 'supervisor']);
});

test('a ready service whose only server is stopped is not ready; one whose mere parent is may be', () => {
  const stopped: Present = { ...WELL, lifeOfRoot: () => 'stopped' };
  expect(judgeStatus(sampleStatus(), stopped)).toMatchObject({
    state: 'unhealthy',
    stopped: ['service'],
    status: { failure: null, health: { verdict: 'unknown', responseMs: null, grade: null } },
  });
  expect(judgeStatus(sampleStatus(), { ...stopped, servesAlone: () => false })).toMatchObject({ state: 'ready' });
  expect(judgeStatus(sampleStatus({ port: null, sockets: [], url: null }), stopped)).toMatchObject({
    state: 'unhealthy',
    status: { health: { verdict: 'unknown', responseMs: null, grade: null } },
  });
});
