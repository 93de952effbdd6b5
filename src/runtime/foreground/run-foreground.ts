import { statSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { endpointOf, serviceEnvironment } from '../../plan/environment.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { resolveCommand } from '../../plan/resolve-command.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';
import { type CommandOutcome, runCommand } from '../../platform/run-command.ts';
import { waitForResource } from '../health/wait-for.ts';
import { newRunId } from '../process/run-tag.ts';
import { stopRun } from '../process/stop-run.ts';
import type { Failure } from '../state/lifecycle.ts';
import type { RunRecord } from '../state/run-record.ts';
import { writeStatus } from '../state/status-file.ts';
import { foregroundStatus } from './foreground-status.ts';
import { becomesReady } from './watch-readiness.ts';

export interface ForegroundRun {
  readonly root: string;
  readonly plan: Plan;
  readonly service: ServicePlan;
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
  readonly ports: { readonly port: number | null; readonly wantedPort: number | null };
  /** Of all services as they are now; this one's own is replaced. */
  readonly allPorts: ReadonlyMap<string, number | null>;
  readonly onWaiting: (reason: 'before' | 'wait-for', what: string) => void;
  readonly onStart: () => void;
  /** Called around each command that has the terminal. */
  readonly during: (execution: () => Promise<CommandOutcome>) => Promise<CommandOutcome>;
  /** Ends it, with everything it started. */
  readonly signal: AbortSignal;
}

/**
 * Runs one service with the terminal's own streams until it ends; then ends whatever of it is left. Its status file tells
 * of it meanwhile. It has no run record: a supervisor must not take it over, which would restart it in the background.
 */
export async function runForeground(run: ForegroundRun): Promise<Result<CommandOutcome, Failure>> {
  const { root, plan, service, shellEnvironment, ports } = run;
  const cwd = join(root, service.cwd);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) return err({ reason: 'cwd-missing', cwd });
  const record = recordOf(run, newRunId());
  const allPorts = new Map([...run.allPorts, [service.name, ports.port]]);
  const environment = serviceEnvironment({ plan, service, ports: allPorts, shellEnvironment, runId: record.id });
  const surroundings = { cwd, environment };
  const refusal = await preliminaries(run, surroundings);
  if (refusal !== null) return err(refusal);
  const over = new AbortController();
  let live = record;
  const outcome = await runHere(service.command, run, {
    ...surroundings,
    onStart(identity) {
      live = { ...record, root: identity };
      run.onStart();
      void publishLife(live, { environment, root }, over.signal);
    },
  });
  over.abort();
  if (outcome.ended === 'not-started') {
    return err({ reason: 'spawn-failed', code: 'ENOENT', message: outcome.output });
  }
  await stopRun(live, service.stop, () => undefined);
  writeStatus(root, foregroundStatus(live, 'down', { ...outcome, at: new Date().toISOString() }));
  return ok(outcome);
}

function recordOf({ root, service, ports }: ForegroundRun, id: string): RunRecord {
  return {
    schemaVersion: 1,
    id,
    service: service.name,
    plan: service,
    root: null,
    fifo: '',
    log: '',
    cwd: join(root, service.cwd),
    ...ports,
    url: ports.port === null ? null : endpointOf(service, ports.port).url,
    givenPorts: {},
    startedAt: new Date().toISOString(),
    readyAt: null,
    logOffset: 0,
    fingerprint: '',
  };
}

async function publishLife(
  record: RunRecord,
  { root, environment }: { readonly root: string; readonly environment: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<void> {
  writeStatus(root, foregroundStatus(record, 'starting', null));
  if ((await becomesReady(record.plan, { record, environment }, signal)) === 'aborted') return;
  const ready = { ...record, readyAt: new Date().toISOString() };
  writeStatus(root, foregroundStatus(ready, 'ready', null));
}

interface Surroundings {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function preliminaries(run: ForegroundRun, surroundings: Surroundings): Promise<Failure | null> {
  const { service, onWaiting, signal } = run;
  const timeoutMs = service.health.startTimeoutMs;
  for (const resource of service.waitFor) {
    onWaiting('wait-for', resource);
    if (await waitForResource(resource, timeoutMs, signal)) continue;
    return signal.aborted ? { reason: 'cancelled' } : { reason: 'wait-for-timeout', resource, timeoutMs };
  }
  const { before } = service;
  if (before === null) return null;
  onWaiting('before', before);
  const { code, signal: by } = await runHere(before, run, surroundings);
  if (signal.aborted) return { reason: 'cancelled' };
  return code === 0 ? null : { reason: 'before-failed', command: before, exit: { code, signal: by }, lastLines: [] };
}

function runHere(
  command: string,
  { during, signal }: ForegroundRun,
  execution: Surroundings & { readonly onStart?: (identity: ProcessIdentity) => void },
): Promise<CommandOutcome> {
  const resolved = resolveCommand(command, execution.environment);
  const what =
    resolved.kind === 'direct'
      ? { file: resolved.file, args: resolved.args, shell: false }
      : { file: resolved.text, args: [], shell: true };
  return during(() => runCommand({ ...what, ...execution, output: 'inherit', signal }));
}
