import { statSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../base/result.ts';
import { sha256 } from '../../../base/sha256.ts';
import {
  endpointOf,
  type ServiceEnvironmentRequest,
  serviceEnvironment,
  serviceEnvironmentReport,
} from '../../../plan/environment.ts';
import type { ServicePlan } from '../../../plan/plan.ts';
import { resolveCommand } from '../../../plan/resolve-command.ts';
import { createFifo } from '../../../platform/fifo.ts';
import { runCommand } from '../../../platform/run-command.ts';
import { runTag } from '../../../platform/run-marks.ts';
import type { ServiceParent } from '../../../platform/spawn-service.ts';
import { openSubreaper } from '../../../platform/subreaper.ts';
import { waitForResource } from '../../health/wait-for.ts';
import { closingLines } from '../../logs/read-tail.ts';
import { rotateIfLarge } from '../../logs/rotate.ts';
import { launchRun } from '../../process/launch-run.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { removeRunRecord, writeRunRecord } from '../../state/run-record-file.ts';
import { removeStateFile } from '../../state/state-file.ts';
import type { LaunchSpec } from './launch-spec.ts';
import { type LiveRun, UNPROBED } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

export interface Ascent {
  readonly order: LaunchSpec;
  readonly run: string;
  readonly ending: AbortController;
  readonly host: RunnerHost;
}

/**
 * From the decision to launch to a living process: dependencies, resources, the command that goes before, the spawn.
 * A refusal leaves nothing behind.
 */
export async function bringUp(ascent: Ascent): Promise<Result<LiveRun, Failure>> {
  const { order, run, host } = ascent;
  // It takes a process to make each; begun here they are there by the time of the launch.
  const fifo = createFifo(pathsOf(host.root).fifo(run));
  const parent = openSubreaper({ tag: runTag(run), title: pathsOf(host.root).log(order.service.name) });
  const outcome = await ascend(ascent, { fifo, parent });
  if (outcome.ok) return outcome;
  await (await parent)?.dismiss();
  await fifo;
  removeStateFile(pathsOf(host.root).fifo(run));
  removeRunRecord(host.root, order.service.name);
  host.releasePort(order.service.name);
  return outcome;
}

interface Prepared {
  readonly fifo: Promise<unknown>;
  readonly parent: Promise<ServiceParent | undefined>;
}

/** The record is written before the spawn, so that a crash of ours in between leaves a trace. */
async function ascend(ascent: Ascent, { fifo, parent }: Prepared): Promise<Result<LiveRun, Failure>> {
  const { order, run, ending, host } = ascent;
  const refusal = (await order.gate(ending.signal)) ?? (await preliminaries(ascent));
  if (refusal !== null) return err(refusal);
  if (ending.signal.aborted) return err({ reason: 'cancelled' });
  const environment = serviceEnvironment(environmentRequest(ascent));
  const intent = intendedRecord(ascent);
  host.claimPort(order.service.name, run);
  const written = writeRunRecord(host.root, intent);
  if (!written.ok) return written;
  await fifo;
  const spawned = await launchRun({ record: intent, environment, parent: await parent });
  if (!spawned.ok) return err(spawned.error);
  const record: RunRecord = { ...intent, root: spawned.value.identity };
  writeRunRecord(host.root, record);
  host.announce(order.service.name, {
    kind: 'starting',
    pid: spawned.value.identity.pid,
    command: order.service.command,
    port: record.port,
    url: record.url,
  });
  return ok({ record, health: UNPROBED, environment, rootExited: spawned.value.exited, ending });
}

function environmentRequest({ order, run, host }: Ascent): ServiceEnvironmentRequest {
  return {
    plan: order.plan,
    service: order.service,
    ports: portsFor(order, host),
    shellEnvironment: order.shellEnvironment,
    runId: run,
  };
}

/** A variable that somebody marked as required, with `${NAME:?message}`, and nobody set. */
function missingVariable(ascent: Ascent): Failure | null {
  const missing = serviceEnvironmentReport(environmentRequest(ascent)).failures.find(
    ({ reason }) => reason === 'missing',
  );
  return missing === undefined
    ? null
    : { reason: 'environment-invalid', variable: missing.variable, message: missing.message };
}

/** What the run is told: the ports of what runs as they are, of what does not as they are wanted. */
function portsFor({ service, expectedPorts, ports }: LaunchSpec, host: RunnerHost): ReadonlyMap<string, number | null> {
  return new Map([...expectedPorts, ...host.currentPorts(), [service.name, ports.port]]);
}

/** What must be there and done before the service is spawned; `null`: all is well. */
async function preliminaries(ascent: Ascent): Promise<Failure | null> {
  const { order, ending, host } = ascent;
  const { service } = order;
  if (ending.signal.aborted) return { reason: 'cancelled' };
  const cwd = join(host.root, service.cwd);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) return { reason: 'cwd-missing', cwd };
  const missing = missingVariable(ascent);
  if (missing !== null) return missing;
  const log = pathsOf(host.root).log(service.name);
  rotateIfLarge(log, { ...order.plan.logs, timeIndex: pathsOf(host.root).timeIndex(service.name) });
  for (const resource of service.waitFor) {
    host.announce(service.name, { kind: 'waiting', reason: 'wait-for', what: resource });
    const timeoutMs = service.health.startTimeoutMs;
    if (!(await waitForResource(resource, timeoutMs, ending.signal))) {
      return ending.signal.aborted ? { reason: 'cancelled' } : { reason: 'wait-for-timeout', resource, timeoutMs };
    }
  }
  return service.before === null ? null : runBefore(ascent, service.before, { cwd, log });
}

/** The command that goes before writes into the service's own log, so that its words are found where one looks. */
async function runBefore(
  ascent: Ascent,
  command: string,
  { cwd, log }: { readonly cwd: string; readonly log: string },
): Promise<Failure | null> {
  const { order, ending, host } = ascent;
  host.announce(order.service.name, { kind: 'waiting', reason: 'before', what: command });
  const offset = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const { code, signal } = await runCommand({
    ...resolveCommand(command, serviceEnvironment(environmentRequest(ascent))),
    cwd,
    output: 'log',
    log,
    signal: ending.signal,
  });
  if (ending.signal.aborted) return { reason: 'cancelled' };
  if (code === 0) return null;
  return {
    reason: 'before-failed',
    command,
    exit: { code, signal },
    lastLines: closingLines(log, offset),
  };
}

function intendedRecord({ order, run, host }: Ascent): RunRecord {
  const { service, ports } = order;
  const paths = pathsOf(host.root);
  const log = paths.log(service.name);
  return {
    schemaVersion: 1,
    id: run,
    service: service.name,
    plan: service,
    root: null,
    fifo: paths.fifo(run),
    log,
    cwd: join(host.root, service.cwd),
    port: ports.port,
    wantedPort: ports.wantedPort,
    url: ports.port === null ? null : endpointOf(service, ports.port).url,
    givenPorts: Object.fromEntries(portsFor(order, host)),
    startedAt: host.timestamp(),
    readyAt: null,
    logOffset: statSync(log, { throwIfNoEntry: false })?.size ?? 0,
    fingerprint: serviceFingerprint(service),
  };
}

/** Tells whether a run still is what the plan wants; how long one start waits is not a part of that. */
export function serviceFingerprint(service: ServicePlan): string {
  return sha256(JSON.stringify({ ...service, health: { ...service.health, startTimeoutMs: 0 } }));
}
