import { expect, test } from 'vitest';
import { readContainers } from '../../src/runtime/containers/container-state.ts';

const STATE = { Status: 'running', Pid: 42, ExitCode: 0, StartedAt: '2026-01-01T10:00:00.123456789Z' };
const LABELS = { 'com.docker.compose.service': 'db', 'com.docker.compose.oneoff': 'False' };
const PORTS = {
  '5432/tcp': [
    { HostIp: '0.0.0.0', HostPort: '15432' },
    { HostIp: '::', HostPort: '15432' },
  ],
  '5433/tcp': null,
  '53/udp': [{ HostIp: '0.0.0.0', HostPort: '5353' }],
};

function line(changes: Readonly<Record<string, unknown>> = {}): string {
  const whole = { id: 'abc', name: '/shop-db-1', image: 'postgres:16', state: STATE, restarts: 0, labels: LABELS };
  return JSON.stringify({ ...whole, ports: PORTS, ...changes });
}

const READ = {
  id: 'abc',
  name: 'shop-db-1',
  image: 'postgres:16',
  pid: 42,
  status: 'running',
  exitCode: 0,
  startedAt: STATE.StartedAt,
  restarts: 0,
  health: null,
  service: 'db',
  ports: [{ host: 15432, container: 5432 }],
};

test('a container is read with the TCP ports that lead to it, each once', () => {
  expect(readContainers(line())).toEqual([READ]);
});

test.each([
  ['a health check', { Health: { Status: 'unhealthy', Log: [] } }, 'unhealthy'],
  ['an empty one, as podman has it', { Health: { Status: '' } }, null],
  ['null', { Health: null }, null],
])('its health is that of %s', (_, health, expected) => {
  expect(readContainers(line({ state: { ...STATE, ...health } }))[0]?.health).toBe(expected);
});

test('what is written among the lines, broken lines and one-off containers do not count', () => {
  const oneOff = line({ id: 'run', labels: { ...LABELS, 'com.docker.compose.oneoff': 'True' } });
  const text = ['time="…" level=warning msg="X is not set"', '{', line({ id: 1 }), oneOff, line()].join('\n');
  expect(readContainers(text)).toEqual([READ]);
});

test('one that has no labels comes from no compose file', () => {
  expect(readContainers(line({ labels: null, ports: null }))).toEqual([{ ...READ, service: null, ports: [] }]);
});
