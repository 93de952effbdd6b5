import { existsSync } from 'node:fs';
import { Releases } from '../../../base/releases.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { ownTurn } from '../../../platform/own-turn.ts';
import { readTextIfThere } from '../../../platform/regular-file.ts';
import { runTag } from '../../../platform/run-marks.ts';
import type { SpawnedProcess } from '../../../platform/spawn-service.ts';
import { missingProgramRemedy } from '../../errors/missing-packages.ts';
import { launchRun } from '../../process/launch-run.ts';
import type { ExitStatus, Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import { removeStateFile } from '../../state/state-file.ts';
import { bringUpContainer } from './bring-up-container.ts';
import type { ClientProcess } from './client-process.ts';
import { endWholeRun, policyForRest } from './end-whole-run.ts';
import { intendedRecord } from './intended-record.ts';
import { KeptRecord } from './kept-record.ts';
import { type LaunchEnvironment, launchEnvironment } from './launch-environment.ts';
import type { LaunchSpec } from './launch-spec.ts';
import { LiveRun, type LiveRunFacts } from './live-run.ts';
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

export type BringUpOutcome =
  | { readonly kind: 'up'; readonly live: LiveRun }
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Refused, and what had begun could not be ended: the run has still to be stopped, and its record is kept. */
  | { readonly kind: 'left'; readonly live: LiveRun; readonly failure: Failure };

/**
 * From the decision to launch to a living process: dependencies, resources, the command that goes before, the spawn.
 * A refusal or a bug leaves nothing behind: whatever was acquired is released.
 */
export async function bringUp(request: BringUpRequest): Promise<BringUpOutcome> {
  const releases = new Releases();
  // Each begins a process: a hundred at once would keep the supervisor from answering for a second.
  await ownTurn();
  try {
    acquire(request, releases);
    const outcome = await launch(request, releases);
    if (outcome.kind !== 'refused') releases.keep();
    return outcome;
  } finally {
    await releases.releaseAll();
  }
}

function acquire({ spec, run, host }: BringUpRequest, releases: Releases): void {
  const { service, port, client } = spec;
  if (port.assigned !== null) host.claimPort(service.name, port.assigned, run);
  releases.add(() => host.releasePort(run));
  if (client === null) releases.add(() => void removeStateFile(pathsOf(host.root).fifo(run)));
}

/** The record is written before the spawn, so that a crash of ours in between leaves a trace. */
async function launch(request: BringUpRequest, releases: Releases): Promise<BringUpOutcome> {
  const { spec, run, ending, host, changed } = request;
  const { service } = spec;
  const blocked = await spec.gate(ending.signal);
  if (blocked !== null) return refused(blocked);
  const asked = launchEnvironment(request);
  const refusal = await preliminaries(request, asked);
  if (refusal !== null) return refused(refusal);
  if (ending.signal.aborted) return refused({ reason: 'cancelled' });
  const environment = launchEnvironment(request, asked);
  const kept = new KeptRecord(host.root, intendedRecord(request, environment));
  releases.add(() => kept.remove());
  const written = kept.write();
  if (written?.ok === false) return refused(written.error);
  const { record } = kept;
  host.debug(service.name, 'launch', {
    run,
    port: record.port ?? undefined,
    by: spec.client === null ? 'us' : 'client',
  });
  const facts = { kept, environment: environment.variables, ending, changed, ageMs: 0, clock: host.clock };
  const spawned = await spawnRoot(request, { kept, environment }).catch((cause) => err(failureOf(host, cause)));
  if (!spawned.ok) return giveUp(facts, withRemedy(spawned.error, record.cwd, host.root));
  const { identity, exited } = spawned.value;
  kept.amend({ root: identity });
  const { port, url } = kept.record;
  host.announce(service.name, { kind: 'starting', pid: identity.pid, command: service.command, port, url });
  return { kind: 'up', live: new LiveRun({ ...facts, rootExited: exited }) };
}

const UNSEEN: ExitStatus = { code: null, signal: null };

/** What may have begun all the same: containers, and a process of a client's. */
async function giveUp(facts: Omit<LiveRunFacts, 'rootExited'>, failure: Failure): Promise<BringUpOutcome> {
  const { record } = facts.kept;
  const policy = policyForRest(record);
  const ended = await endWholeRun({ record, environment: facts.environment.exported, policy });
  if (ended.ok) return refused(failure);
  return { kind: 'left', live: new LiveRun({ ...facts, rootExited: Promise.resolve(UNSEEN) }), failure };
}

function refused(failure: Failure): BringUpOutcome {
  return { kind: 'refused', failure };
}

/** What the disk refuses. */
const UNWRITABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG']);

/** What was thrown on the way to a run: a word of the disk's, or a bug of ours, which is reported. */
export function failureOf(host: Pick<RunnerHost, 'reportBug' | 'root'>, cause: unknown): Failure {
  const code = errorCode(cause) ?? '';
  if (UNWRITABLE.has(code)) return { reason: 'state-unwritable', path: pathsOf(host.root).logs, code };
  host.reportBug(cause);
  return { reason: 'spawn-failed', code: 'INTERNAL', message: String(cause) };
}

/** A program that is not there may be one of a package that is not. */
function withRemedy(failure: Failure, cwd: string, root: string): Failure {
  if (failure.reason !== 'command-not-found' || failure.command.includes('/')) return failure;
  const search = { folder: cwd, root, exists: existsSync, read: readTextIfThere };
  return { ...failure, remedy: missingProgramRemedy(`${failure.command}: not found`, search) };
}

interface RootFacts {
  readonly kept: KeptRecord;
  readonly environment: LaunchEnvironment;
}

/** Of a container the root is what follows its log, once that is up. */
async function spawnRoot(
  request: BringUpRequest,
  { kept, environment }: RootFacts,
): Promise<Result<SpawnedProcess, Failure>> {
  const { spec, ending, host } = request;
  const { service } = spec;
  const { record } = kept;
  const { signal } = ending;
  const command =
    service.runs.kind === 'process'
      ? ok(service.command)
      : await bringUpContainer({ plan: service.runs, kept, environment, signal, host });
  if (!command.ok) return command;
  if (spec.client !== null) return awaitClient(request, spec.client);
  const root = { ...record, plan: { ...service, command: command.value } };
  const subreaper = { tag: runTag(record.id), title: record.log };
  return launchRun({ record: root, environment: environment.variables, subreaper });
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
