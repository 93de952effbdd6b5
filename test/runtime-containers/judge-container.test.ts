import { expect, test } from 'vitest';
import type { ContainerState } from '../../src/runtime/containers/container-state.ts';
import { followCommand } from '../../src/runtime/containers/follow-command.ts';
import { isStillBegun, judgeContainer } from '../../src/runtime/containers/judge-container.ts';

const UP: ContainerState = {
  id: 'abc',
  name: 'shop-db-1',
  image: 'postgres:16',
  pid: 42,
  status: 'running',
  exitCode: 0,
  startedAt: '2026-01-01T10:00:00Z',
  restarts: 0,
  health: null,
  service: 'db',
  ports: [{ host: 15432, container: 5432 }],
};
const PORT = { host: 15432, container: 5432 };

const verdicts: readonly [string, ContainerState | null, number | null, unknown][] = [
  ['one that publishes its port', UP, 15432, { kind: 'running', port: PORT }],
  ['one of a service without a port', UP, null, { kind: 'running', port: null }],
  ['one whose health check has not passed yet', { ...UP, health: 'starting' }, 15432, { kind: 'running', port: PORT }],
  ['one that is gone', null, 15432, 'its container is gone'],
  ['one that has ended', { ...UP, status: 'exited' }, 15432, 'its container is `exited`'],
  ['an unhealthy one', { ...UP, health: 'unhealthy' }, 15432, 'its container is unhealthy by its own health check'],
  ['another port', UP, 5432, 'its container does not publish port 5432 (it publishes 15432)'],
  ['no port', { ...UP, ports: [] }, 5432, 'its container does not publish port 5432 (it publishes none at all)'],
];

test.each(verdicts)('the verdict on %s', (_, state, port, expected) => {
  const notReady = { kind: 'not-ready', seen: { kind: 'error', message: expected } };
  expect(judgeContainer(state, port)).toEqual(typeof expected === 'string' ? notReady : expected);
});

const BEGUN = [{ id: 'abc', startedAt: UP.startedAt }];

test.each([
  ['runs since', UP, true],
  ['was started again by its engine', { ...UP, startedAt: '2026-01-01T11:00:00Z', restarts: 2 }, true],
  ['was started again by a person', { ...UP, startedAt: '2026-01-01T11:00:00Z' }, false],
  ['is another one', { ...UP, id: 'def' }, false],
  ['has ended', { ...UP, status: 'exited' }, false],
])('a container that %s is ours to stop: %#', (_, state, expected) => {
  expect(isStillBegun(state, BEGUN)).toBe(expected);
});

test('the log is followed from this start, or from its last lines where the container was up before', () => {
  const run = { engine: 'podman', id: 'abc' } as const;
  expect(followCommand({ ...run, begun: BEGUN })).toBe('podman logs --follow --since 2026-01-01T09:59:59.500Z abc');
  expect(followCommand({ ...run, begun: [] })).toBe('podman logs --follow --tail 20 abc');
});
