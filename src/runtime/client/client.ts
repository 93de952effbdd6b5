import { existsSync } from 'node:fs';
import { err, ok, type Result } from '../../base/result.ts';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import { callerPids } from '../../platform/caller-pids.ts';
import { isAlive, ownIdentity } from '../../platform/process-identity.ts';
import { findRunIds } from '../process/find-run-ids.ts';
import { readCommandRuns } from '../state/command-run.ts';
import { findDeniedState } from '../state/denied-state.ts';
import { pathsOf } from '../state/paths.ts';
import type { RuntimeEvent } from '../state/runtime-event.ts';
import { servicesWithRunRecord } from '../state/services-with-run-record.ts';
import { socketPathOf } from '../state/socket-path.ts';
import type { User } from '../state/use-file.ts';
import { notRunning } from '../supervisor/control/not-running.ts';
import {
  ACQUIRE,
  type EndedRequest,
  FOLLOW,
  type Lease,
  NAME_ROOT,
  RELEASE,
  type ReleaseReport,
  type ReleaseRequest,
  type RootRequest,
  START,
  STOP,
  type StartMode,
  type StartReport,
  type StartRequest,
  type StoppedService,
  type StopReport,
  type StopRequest,
  TELL_END,
} from '../supervisor/control/protocol.ts';
import type { Checkout } from './checkout.ts';
import type { ClientFailure } from './client-failure.ts';
import { ensureStateDirectory } from './state-directory.ts';
import { type SupervisorCall, withSupervisor } from './with-supervisor.ts';

export type { Checkout, ClientFailure };

export interface StartOptions {
  /** Empty: all services. */
  readonly names: readonly string[];
  readonly mode: StartMode;
  /** When it was asked for, in ms since the epoch; left out: when this process began. */
  readonly askedAt?: number;
  /** Ports from the command line. */
  readonly ports: Readonly<Record<string, number>>;
  /** The user's answers where the policy is to ask. */
  readonly conflicts?: StartRequest['conflicts'];
  /** `null`: each service's own. */
  readonly timeoutMs: number | null;
  /** For a task that has a lease: what this starts is stopped when no task needs it any more. */
  readonly isOnDemand?: boolean;
  /** The service whose process this command starts on its own terminal. */
  readonly terminal?: string;
  /** After how long everything is stopped; left out: not said. */
  readonly forMs?: number | null;
  /** Gives the wait up; what was started goes on. */
  readonly signal?: AbortSignal;
}

export type OnEvent = (event: RuntimeEvent) => void;

/** Starts services and what they depend on; resolves when each is ready or has failed. */
export async function requestStart(
  checkout: Checkout,
  request: StartOptions,
  onEvent: OnEvent,
): Promise<Result<StartReport, ClientFailure>> {
  const unwritable = ensureStateDirectory(checkout.root);
  if (!unwritable.ok) return unwritable;
  const { signal, terminal, ...options } = request;
  const body: StartRequest = {
    conflicts: {},
    isOnDemand: false,
    forMs: null,
    askedAt: performance.timeOrigin,
    ...options,
    terminal: terminal === undefined ? null : { service: terminal, client: ownIdentity() },
    // A task has its lease.
    user: request.isOnDemand === true ? null : (checkout.agent?.() ?? null),
    plan: checkout.plan,
    shellEnvironment: cleanShellEnvironment(checkout.environment),
    callers: callerPids(),
  };
  return withSupervisor(checkout, { endpoint: START, body, onEvent, ...(signal && { signal }) });
}

/** Whether anything is left of any run, be it only a process whose record is gone. */
export function hasRuns(root: string): boolean {
  return servicesWithRunRecord(root).length > 0 || findRunIds(pathsOf(root).runs).length > 0;
}

export interface StopAnswer extends ReleaseReport {
  /** Pid of a supervisor that did not answer, and had to make room for another one. */
  readonly endedSupervisor: number | null;
}

/** Stops services to their last process; without anything to stop no supervisor is started. */
export async function requestStop(
  checkout: Checkout,
  order: StopRequest,
  onEvent: OnEvent,
): Promise<Result<StopAnswer, ClientFailure>> {
  const { root, plan } = checkout;
  const denied = findDeniedState(root);
  if (denied !== null) return err({ reason: 'state-denied', ...denied });
  if (isAtRest(root)) {
    const names = order.names.length === 0 ? plan.services.map(({ name }) => name) : order.names;
    return ok({ ...reportOf(names), endedSupervisor: null });
  }
  return endingHanging(checkout, { endpoint: STOP, body: order, onEvent });
}

/** Has a lease kept until it is released or this process ends; resolves when it is, or cannot be had for now. */
export async function acquireLease(checkout: Checkout, lease: Lease, signal: AbortSignal): Promise<void> {
  const isWanted = (): boolean => hasRuns(checkout.root) || readCommandRuns(checkout.root).length > 0;
  await new Promise<void>((onAlive) => {
    const request = { endpoint: ACQUIRE, body: lease, onEvent: () => undefined, onAlive, signal, isWanted };
    const keep = async (): Promise<void> => {
      const outcome = await withSupervisor(checkout, request);
      onAlive();
      // It may only have stood still.
      if (!outcome.ok && outcome.error.reason === 'supervisor-hangs' && !signal.aborted) await keep();
    };
    void keep();
  });
}

/**
 * Releases a lease: stops what no other task needs, and returns when nothing of it is left. No supervisor is ended for
 * a lease that nothing was started for.
 */
export async function releaseLease(
  checkout: Checkout,
  order: ReleaseRequest,
  onEvent: OnEvent,
): Promise<Result<StopAnswer, ClientFailure>> {
  const { names, onDemand } = order.lease;
  if (isAtRest(checkout.root)) return ok({ ...reportOf(names), endedSupervisor: null });
  const request = { endpoint: RELEASE, body: order, onEvent };
  if (onDemand.length > 0) return endingHanging(checkout, request);
  const released = await withSupervisor(checkout, request);
  return released.ok ? ok({ ...released.value, endedSupervisor: null }) : released;
}

/** Nothing runs that a supervisor would end, and there is none to tell. */
function isAtRest(root: string): boolean {
  const hasOrphans = readCommandRuns(root).some(({ client }) => !isAlive(client));
  return !existsSync(socketPathOf(root)) && !hasRuns(root) && !hasOrphans;
}

function reportOf(down: readonly string[]): ReleaseReport {
  return { services: down.map(notRunning), left: [] };
}

async function endingHanging<Request>(
  checkout: Checkout,
  request: SupervisorCall<Request, StopReport | ReleaseReport>,
): Promise<Result<StopAnswer, ClientFailure>> {
  let endedSupervisor: number | null = null;
  const onEnded = (pid: number): void => {
    endedSupervisor = pid;
  };
  const outcome = await withSupervisor(checkout, { ...request, onEnded });
  return outcome.ok ? ok({ left: [], ...outcome.value, endedSupervisor }) : outcome;
}

/** Tells which process was started for a run on this terminal; `false`: that run is no longer wanted. */
export async function tellRoot(checkout: Checkout, request: RootRequest): Promise<boolean> {
  const told = await withSupervisor(checkout, { endpoint: NAME_ROOT, body: request, onEvent: () => undefined });
  return told.ok && told.value;
}

/**
 * Tells how the process of a run on this terminal ended; resolves when nothing is left of the run. `null`: it is over
 * already, or the supervisor could not be reached.
 */
export async function tellEnd(
  checkout: Checkout,
  request: EndedRequest,
  onEvent: OnEvent,
): Promise<StoppedService | null> {
  const ended = await withSupervisor(checkout, { endpoint: TELL_END, body: request, onEvent });
  return ended.ok ? ended.value : null;
}

export interface Listeners {
  readonly onEvent: OnEvent;
  /** A service is asked now whether it is well. */
  readonly onProbe: (service: string) => void;
  /** Whether there will be anything to tell once the supervisor is lost: else no other one is started for it. */
  readonly isWanted: () => boolean;
  /** Who uses them meanwhile; left out: no one of whom others need to know. */
  readonly user?: User;
}

/**
 * Tells every event of the checkout until the signal is aborted or the supervisor ends. `replaced`: nothing more will
 * be told, because this process is of a runtime that has been replaced.
 */
export async function followEvents(
  checkout: Checkout,
  listeners: Listeners,
  signal: AbortSignal,
): Promise<'over' | 'replaced'> {
  const { user = null, ...told } = listeners;
  const end = await withSupervisor(checkout, { endpoint: FOLLOW, body: { user }, ...told, signal });
  return !end.ok && end.error.reason === 'runtime-replaced' ? 'replaced' : 'over';
}
