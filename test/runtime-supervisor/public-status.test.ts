import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { ServiceStatus } from '../../src/runtime/state/service-status.ts';
import { PublicStatus } from '../../src/runtime/supervisor/public-status.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { sampleStatus } from '../runtime-state/sample-state.ts';

const READY = sampleStatus({ startupMs: 4000 });
const LAPSED = sampleStatus({
  startupMs: 4000,
  state: 'unhealthy',
  failure: { reason: 'not-listening', port: 8001, lastLines: [], remedy: null },
  health: { ...READY.health, verdict: 'unhealthy' },
});

/** The files of a service, and a clock that is set forward by hand. */
function publicStatus() {
  const root = temporaryFolder();
  const timers: { atMs: number; action: () => void }[] = [];
  let nowMs = 0;
  const schedule = (ms: number, action: () => void) => {
    const timer = { atMs: nowMs + ms, action };
    timers.push(timer);
    return { cancel: () => void timers.splice(timers.indexOf(timer), 1) };
  };
  const shown = new PublicStatus(root, { schedule });
  const path = pathsOf(root).publicStatus('backend');
  return {
    shown,
    written: (): ServiceStatus | null => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null),
    pass(ms: number) {
      nowMs += ms;
      for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.action();
      }
    },
    pid: (): string | null =>
      existsSync(pathsOf(root).pid('backend')) ? readFileSync(pathsOf(root).pid('backend'), 'utf8') : null,
  };
}

test('what a command changes is written at once, and what a probe measures or a reload leaves as it was never', () => {
  const { shown, written, pid, pass } = publicStatus();
  shown.offer(READY);
  expect(written()).toEqual(READY);
  expect(pid()).toBe(`${READY.pid}\n`);

  shown.offer({ ...READY, health: { ...READY.health, responseMs: 900, grade: 'warning', failures: 1 } });
  pass(100_000);
  expect(written()).toEqual(READY);

  shown.offer({ ...READY, sockets: READY.sockets.map((socket) => ({ ...socket, inode: 'of another boot' })) });
  pass(100_000);
  expect(written()).toEqual(READY);

  const down = { ...READY, state: 'down', wanted: 'down', pid: null, identity: null } as const;
  shown.offer(down);
  expect(written()).toEqual(down);
  expect(pid()).toBeNull();
});

test('of a start or stop that is over within a moment only the end is written', () => {
  const { shown, written, pass } = publicStatus();
  const starting = { ...READY, state: 'starting' } as const;
  shown.offer(starting);
  pass(50);
  expect(written()).toBeNull();
  shown.offer(READY);
  expect(written()).toEqual(READY);

  const stopping = { ...READY, state: 'stopping' } as const;
  shown.offer(stopping);
  pass(249);
  expect(written()).toEqual(READY);
  pass(1);
  expect(written()).toEqual(stopping);
});

test('a lapse is written once it has lasted twice as long as the start took, in the words of its last moment', () => {
  const { shown, written, pass } = publicStatus();
  shown.offer(READY);
  shown.offer(LAPSED);
  pass(5000);
  const later = { ...LAPSED, health: { ...LAPSED.health, failures: 9 } };
  shown.offer(later);
  pass(2999);
  expect(written()).toEqual(READY);

  pass(1);
  expect(written()).toEqual(later);
  shown.offer(READY);
  pass(8000);
  expect(written()).toEqual(READY);
});

test('a reload, which lapses and comes back, is no change', () => {
  const { shown, written, pass } = publicStatus();
  shown.offer(READY);
  shown.offer(LAPSED);
  pass(7999);
  shown.offer({ ...READY, health: { ...READY.health, responseMs: 1 } });
  pass(100_000);
  expect(written()).toEqual(READY);
});

test('files that were removed are written anew, and none is once it is closed', () => {
  const { shown, written, pass } = publicStatus();
  shown.offer(READY);
  const again = { ...READY, health: { ...READY.health, responseMs: 1 } };
  shown.forget();
  shown.offer(again);
  expect(written()).toEqual(again);

  shown.offer(LAPSED);
  shown.close();
  pass(100_000);
  expect(written()).toEqual(again);
});
