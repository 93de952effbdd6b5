import { existsSync } from 'node:fs';
import { Releases } from '../../../base/releases.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { errorCode } from '../../../platform/error-code.ts';
import { ownTurn } from '../../../platform/own-turn.ts';
import { readTextIfThere } from '../../../platform/regular-file.ts';
import { runTag } from '../../../platform/run-marks.ts';
import type { ServiceParent, SpawnedProcess } from '../../../platform/spawn-service.ts';
import { openSubreaper } from '../../../platform/subreaper.ts';
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
    const outcome = await launch(request, acquire(request, releases), releases);
    if (outcome.kind !== 'refused') releases.keep();
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
async function launch(request: BringUpRequest, parent: Parent | null, releases: Releases): Promise<BringUpOutcome> {
  const { spec, run, ending, host, changed } = request;
  const { service } = spec;
  const refusal = (await spec.gate(ending.signal)) ?? (await preliminaries(request));
  if (refusal !== null) return refused(refusal);
  if (ending.signal.aborted) return refused({ reason: 'cancelled' });
  const environment = launchEnvironment(spec, run, host);
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
  const spawned = await spawnRoot(request, { kept, environment, parent }).catch((cause) => err(failureOf(host, cause)));
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
  readonly parent: Parent | null;
}

/** Of a container the root is what follows its log, once that is up. */
async function spawnRoot(
  request: BringUpRequest,
  { kept, environment, parent }: RootFacts,
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
  return launchRun({ record: root, environment: environment.variables, parent: (await parent) ?? undefined });
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
