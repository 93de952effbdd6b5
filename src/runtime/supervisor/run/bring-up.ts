import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Releases } from '../../../base/releases.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { endpointOf } from '../../../plan/environment.ts';
import { ownTurn } from '../../../platform/own-turn.ts';
import { readTextIfThere } from '../../../platform/regular-file.ts';
import { runTag } from '../../../platform/run-marks.ts';
import type { ServiceParent, SpawnedProcess } from '../../../platform/spawn-service.ts';
import { openSubreaper } from '../../../platform/subreaper.ts';
import { missingProgramRemedy } from '../../errors/missing-packages.ts';
import { launchRun } from '../../process/launch-run.ts';
import { killRun } from '../../process/stop-run.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { removeStateFile } from '../../state/state-file.ts';
import { bringUpContainer } from './bring-up-container.ts';
import type { ClientProcess } from './client-process.ts';
import { writtenCrashes } from './crash-times.ts';
import { endContainer } from './end-container.ts';
import { KeptRecord } from './kept-record.ts';
import { type LaunchEnvironment, launchEnvironment } from './launch-environment.ts';
import type { LaunchSpec } from './launch-spec.ts';
import { LiveRun } from './live-run.ts';
import { preliminaries } from './preliminaries.ts';
import type { RunnerHost } from './runner-host.ts';

export interface BringUpRequest {
  readonly spec: LaunchSpec;
  readonly run: string;
  readonly ending: AbortController;
  readonly host: RunnerHost;
  /** The crashes before it that still count, on the clock that only goes forward. */
  readonly crashTimes: readonly number[];
  /** Called when there is something new to publish of the run. */
  readonly changed: () => void;
}

/**
 * From the decision to launch to a living process: dependencies, resources, the command that goes before, the spawn.
 * A refusal or a bug leaves nothing behind: whatever was acquired is released.
 */
export async function bringUp(request: BringUpRequest): Promise<Result<LiveRun, Failure>> {
  const releases = new Releases();
  // Each begins a process: a hundred at once would keep the supervisor from answering for a second.
  await ownTurn();
  try {
    const outcome = await launch(request, acquire(request, releases), releases);
    if (outcome.ok) releases.keep();
    return outcome;
  } finally {
    await releases.releaseAll();
  }
}

type Parent = Promise<ServiceParent | undefined>;

/** The parent of a process of our own, begun here so that it is there by the launch; a client is one itself. */
function acquire({ spec, run, host }: BringUpRequest, releases: Releases): Parent | null {
  const { service } = spec;
  const paths = pathsOf(host.root);
  if (spec.port.assigned !== null) host.claimPort(service.name, spec.port.assigned, run);
  releases.add(() => host.releasePort(run));
  if (spec.client !== null) return null;
  releases.add(() => void removeStateFile(paths.fifo(run)));
  const parent = openSubreaper({ tag: runTag(run), title: paths.log(service.name) });
  releases.add(async () => (await parent)?.dismiss());
  return parent;
}

/** The record is written before the spawn, so that a crash of ours in between leaves a trace. */
async function launch(
  request: BringUpRequest,
  parent: Parent | null,
  releases: Releases,
): Promise<Result<LiveRun, Failure>> {
  const { spec, run, ending, host, changed } = request;
  const { service } = spec;
  const refusal = (await spec.gate(ending.signal)) ?? (await preliminaries(request));
  if (refusal !== null) return err(refusal);
  if (ending.signal.aborted) return err({ reason: 'cancelled' });
  const environment = launchEnvironment(spec, run, host);
  const kept = new KeptRecord(host.root, intendedRecord(request, environment));
  releases.add(() => kept.remove());
  const written = kept.write();
  if (written?.ok === false) return written;
  const { record } = kept;
  host.debug(service.name, 'launch', {
    run,
    port: record.port ?? undefined,
    by: spec.client === null ? 'us' : 'client',
  });
  if (spec.client !== null) releases.add(() => killRun(record, () => undefined));
  const command = await rootCommand(request, { kept, environment, releases });
  if (!command.ok) return command;
  const root = { ...record, plan: { ...service, command: command.value } };
  const spawned = await (spec.client === null
    ? launchRun({ record: root, environment: environment.variables, parent: (await parent) ?? undefined })
    : awaitClient(request, spec.client));
  if (!spawned.ok) return err(withRemedy(spawned.error, kept.record.cwd, host.root));
  const { identity, exited } = spawned.value;
  kept.amend({ root: identity });
  const { port, url } = kept.record;
  host.announce(service.name, { kind: 'starting', pid: identity.pid, command: service.command, port, url });
  const facts = { kept, environment: environment.variables, rootExited: exited, ending, changed };
  return ok(new LiveRun({ ...facts, ageMs: 0, clock: host.clock }));
}

/** A program that is not there may be one of a package that is not. */
function withRemedy(failure: Failure, cwd: string, root: string): Failure {
  if (failure.reason !== 'command-not-found' || failure.command.includes('/')) return failure;
  const search = { folder: cwd, root, exists: existsSync, read: readTextIfThere };
  return { ...failure, remedy: missingProgramRemedy(`${failure.command}: not found`, search) };
}

/** The service's own; of a container, once that is up, what follows it. */
async function rootCommand(
  { spec, ending, host }: BringUpRequest,
  { kept, environment, releases }: RootFacts,
): Promise<Result<string, Failure>> {
  const { service } = spec;
  if (service.runs.kind === 'process') return ok(service.command);
  const { signal } = ending;
  const up = await bringUpContainer({ plan: service.runs, record: kept.record, environment, signal, host });
  if (!up.ok) return up;
  kept.amend({ container: up.value.container });
  const { exported } = environment.variables;
  releases.add(async () => {
    await endContainer({ record: kept.record, environment: exported, graceMs: service.stop.graceMs });
  });
  return ok(up.value.command);
}

interface RootFacts {
  readonly kept: KeptRecord;
  readonly environment: LaunchEnvironment;
  readonly releases: Releases;
}

/** The record is there now: all that the client needs to start the process as a member of the run. */
async function awaitClient(
  { spec, run, ending, host }: BringUpRequest,
  client: ClientProcess,
): Promise<Result<SpawnedProcess, Failure>> {
  host.announce(spec.service.name, { kind: 'on-terminal', run });
  const root = await client.started(ending.signal);
  return root === null ? err({ reason: 'cancelled' }) : ok({ identity: root, exited: client.exited(root) });
}

function intendedRecord({ spec, run, host, crashTimes }: BringUpRequest, { givenPorts }: LaunchEnvironment): RunRecord {
  const { service, port } = spec;
  const paths = pathsOf(host.root);
  const { fifo, log } =
    spec.client === null ? { fifo: paths.fifo(run), log: paths.log(service.name) } : { fifo: '', log: '' };
  return {
    schemaVersion: 1,
    id: run,
    service: service.name,
    plan: service,
    root: null,
    container: null,
    fifo,
    log,
    cwd: join(host.root, service.cwd),
    port: port.assigned,
    wantedPort: port.wanted,
    url: port.assigned === null ? null : endpointOf(service, port.assigned).url,
    givenPorts: Object.fromEntries(givenPorts),
    startedAt: host.timestamp(),
    crashedAt: writtenCrashes(crashTimes, host.clock),
    readyAt: null,
    logOffset: statSync(log, { throwIfNoEntry: false })?.size ?? 0,
    fingerprint: spec.fingerprint,
  };
}
