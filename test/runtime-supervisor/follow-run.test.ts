import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { ok } from '../../src/base/result.ts';
import type { ServicePlan } from '../../src/plan/plan.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { ownIdentity } from '../../src/platform/process-identity.ts';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import type { LifecycleEvent } from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { followRun } from '../../src/runtime/supervisor/run/follow-run.ts';
import { KeptRecord } from '../../src/runtime/supervisor/run/kept-record.ts';
import type { LaunchSpec } from '../../src/runtime/supervisor/run/launch-spec.ts';
import { LiveRun } from '../../src/runtime/supervisor/run/live-run.ts';
import { planOfRecords } from '../../src/runtime/supervisor/run/plan-of-records.ts';
import type { RunnerHost } from '../../src/runtime/supervisor/run/runner-host.ts';
import { servicePlan } from '../plan/service-plan.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { sampleRecord } from '../runtime-state/sample-state.ts';

/** No config has it: its search throws. */
const BROKEN = '(';

test.each([
  ['of a run that starts', null],
  ['of a run that was ready', '2026-01-01T00:00:00.000Z'],
])('a probe that throws, %s, is a failure of its service, and no request waits for it', async (_, readyAt) => {
  const root = temporaryFolder();
  mkdirSync(pathsOf(root).runs, { recursive: true });
  const log = pathsOf(root).log('backend');
  writeFileSync(log, 'started\n');
  const { health } = servicePlan();
  const service = servicePlan({ health: { ...health, probe: { kind: 'log', pattern: BROKEN } } });
  const record = sampleRecord({ log, logOffset: 0, port: null, url: null, root: null, readyAt, plan: service });
  const live = new LiveRun({
    kept: new KeptRecord(root, record),
    environment: { exported: {}, named: {} },
    rootExited: new Promise(() => undefined),
    ending: new AbortController(),
    ageMs: 0,
    clock: systemClock,
    changed: () => undefined,
  });
  onTestFinished(() => live.ending.abort());
  const bugs: unknown[] = [];
  const events: LifecycleEvent[] = [];

  followRun({
    live,
    service,
    spec: specOf(service),
    host: hostAt(root, bugs),
    dispatch: (event) => void events.push(event),
    isReady: () => readyAt !== null,
    removed: () => undefined,
  });
  await live.checkups.ask();

  const message = expect.stringMatching(/^it cannot be probed: Invalid regular expression/);
  const failure = { reason: 'unhealthy', failures: 1, seen: { kind: 'error', message } };
  expect(await waitUntil(() => events[0])).toEqual({ type: 'unhealthy', run: record.id, failure });
  expect(bugs).toHaveLength(1);
});

function specOf(service: ServicePlan): LaunchSpec {
  return {
    plan: planOfRecords([]),
    service,
    fingerprint: '',
    shellEnvironment: {},
    port: { wanted: null, assigned: null },
    wantedPorts: new Map(),
    client: null,
    gate: async () => null,
  };
}

function hostAt(root: string, bugs: unknown[]): RunnerHost {
  const ignore = (): void => undefined;
  return {
    root,
    identity: ownIdentity(),
    clock: systemClock,
    timestamp: () => '2026-01-01T00:00:00.000Z',
    lastHealthyAt: () => null,
    logOf: (service) => `logs/${service}.log`,
    hideSecretsOf: ignore,
    announce: ignore,
    publish: ignore,
    tellProbe: ignore,
    tellOutput: ignore,
    debug: ignore,
    currentPorts: () => new Map(),
    reassign: async ({ port }) => ok(port),
    claimPort: ignore,
    withdrawPort: ignore,
    releasePort: ignore,
    holdersOf: () => [],
    lately: { on: () => [], changes: 0 },
    reportBug: (cause) => void bugs.push(cause),
  };
}
