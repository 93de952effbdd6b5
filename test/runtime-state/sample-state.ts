import { ownIdentity } from '../../src/platform/process-identity.ts';
import type { RunRecord } from '../../src/runtime/state/run-record.ts';
import type { ServiceStatus } from '../../src/runtime/state/service-status.ts';
import { servicePlan } from '../plan/service-plan.ts';

const RUN_ID = '0123456789abcdef0123456789abcdef';
const NOW = '2026-11-21T07:53:00.123Z';

/** A status with every field filled. */
export function sampleStatus(changes: Partial<ServiceStatus> = {}): ServiceStatus {
  const identity = ownIdentity();
  return {
    schemaVersion: 1,
    service: 'backend',
    state: 'ready',
    wanted: 'up',
    pid: identity.pid,
    identity,
    run: RUN_ID,
    command: 'node server.js --name "ü"',
    cwd: 'backend',
    port: 8001,
    wantedPort: 8000,
    sockets: [{ pid: identity.pid, descriptor: 18, inode: '4242' }],
    url: 'http://localhost:8001',
    fingerprint: 'abc.def.012',
    startedAt: NOW,
    readyAt: NOW,
    startupMs: 412.5,
    restarts: 1,
    lastExit: { code: null, signal: 'SIGKILL', at: NOW },
    lastRestart: { at: NOW, failure: { reason: 'ended-unseen' } },
    failure: null,
    health: { verdict: 'healthy', checkedAt: NOW, responseMs: 3.25, grade: 'excellent', failures: 0 },
    lastHealthyAt: NOW,
    log: 'logs/backend.log',
    supervisor: identity,
    ...changes,
  };
}

export function sampleRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return {
    schemaVersion: 1,
    id: RUN_ID,
    service: 'backend',
    plan: servicePlan({
      cwd: 'backend',
      health: { ...servicePlan().health, probe: { kind: 'http', target: '/health', expect: [200, 204] } },
      waitFor: ['tcp:127.0.0.1:5432'],
      env: { CORS_ORIGIN: '$FRONTEND_URL' },
    }),
    root: ownIdentity(),
    container: null,
    fifo: '/project/logs/.devgen/runs/x.fifo',
    log: '/project/logs/backend.log',
    cwd: '/project/backend',
    port: 8001,
    wantedPort: 8000,
    url: 'http://localhost:8001',
    givenPorts: { backend: 8001, worker: null },
    startedAt: NOW,
    crashedAt: [NOW],
    readyAt: null,
    logOffset: 1234,
    fingerprint: 'abc',
    ...changes,
  };
}
