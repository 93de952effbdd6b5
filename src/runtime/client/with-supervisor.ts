import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { err, ok, type Result } from '../../base/result.ts';
import { BUILD_ID } from '../../plan/build-id.ts';
import { cleanShellEnvironment } from '../../plan/environment.ts';
import { fileOwner } from '../../platform/file-owner.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { signalProcess } from '../../platform/signals.ts';
import { spawnSupervisor } from '../../platform/spawn-supervisor.ts';
import { pathsOf } from '../state/paths.ts';
import type { RuntimeEvent } from '../state/runtime-event.ts';
import { servicesWithRunRecord } from '../state/services-with-run-record.ts';
import { socketPathOf } from '../state/socket-path.ts';
import { isDenied } from '../state/state-file.ts';
import { livingSupervisor } from '../state/supervisor-file.ts';
import { callSupervisor } from '../supervisor/control/call-supervisor.ts';
import type { ControlEndpoint } from '../supervisor/control/protocol.ts';
import type { Checkout } from './checkout.ts';
import type { ClientFailure } from './client-failure.ts';
import { isReplaced } from './is-replaced.ts';

/** How long a supervisor that is starting or stepping down is waited for. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 10;
/** What survives SIGKILL for so long sleeps in the kernel. */
const DEATH_MS = 2000;
/** A supervisor that dies over a request is followed by another one, but not for ever. */
const MAX_LOSSES = 3;
/** Without a socket there is none to ask. */
const NO_SUPERVISOR = err({ reason: 'unreachable', code: 'ENOENT' } as const);

/** Where a client of the runtime that is there now would begin a supervisor of its own. */
const REPLACEABLE: ReadonlySet<string> = new Set(['other-build', 'unreachable']);

export interface SupervisorCall<Request, Report> {
  readonly endpoint: ControlEndpoint<Request, Report>;
  readonly body: Request;
  readonly onEvent: (event: RuntimeEvent) => void;
  readonly onProbe?: (service: string) => void;
  readonly onAlive?: () => void;
  readonly signal?: AbortSignal;
  /** Whether it is still worth a supervisor of its own when the one that had it is lost; else that cancels it. */
  readonly isWanted?: () => boolean;
  /** With it a supervisor that hangs is ended, which its services survive, and this is told its pid. */
  readonly onEnded?: (pid: number) => void;
}

/** Puts a request to the checkout's supervisor, starting one when none is there. */
export async function withSupervisor<Request, Report>(
  checkout: Checkout,
  request: SupervisorCall<Request, Report>,
): Promise<Result<Report, ClientFailure>> {
  const { root, runtimeDirectory } = checkout;
  const program = join(runtimeDirectory, 'supervisor.cjs');
  const notes = checkout.onNote === undefined ? {} : { onNote: checkout.onNote };
  const call = { ...request, ...notes, socket: socketPathOf(root), build: BUILD_ID };
  let deadline = performance.now() + PATIENCE_MS;
  let losses = 0;
  let isReplacing = false;
  while (performance.now() < deadline) {
    const yields = isReplaced(runtimeDirectory);
    const outcome = existsSync(call.socket) ? await callSupervisor({ ...call, yields }) : NO_SUPERVISOR;
    if (outcome.ok) return outcome;
    if (request.signal?.aborted === true) return err({ reason: 'cancelled' });
    // To replace each other's supervisor would go on for ever.
    if (yields && REPLACEABLE.has(outcome.error.reason)) return err({ reason: 'runtime-replaced' });
    if (outcome.error.reason === 'silent') {
      const hangs = await endHanging(root, request);
      if (hangs !== null) return err(hangs);
      continue;
    }
    if (outcome.error.reason === 'fault') return err({ reason: 'protocol', detail: outcome.error.message });
    if (outcome.error.reason === 'lost') {
      losses += 1;
      if (losses > MAX_LOSSES) break;
      deadline = performance.now() + PATIENCE_MS;
    }
    if (outcome.error.reason === 'unreachable' && isDenied(outcome.error.code)) {
      return err({ reason: 'state-denied', path: call.socket, owner: fileOwner(call.socket) });
    }
    if (outcome.error.reason === 'other-build' && !isReplacing) {
      isReplacing = true;
      if (servicesWithRunRecord(root).length > 0) checkout.onReplacing?.();
    }
    if (outcome.error.reason !== 'unreachable') {
      await delay(RETRY_MS);
      continue;
    }
    if (losses > 0 && request.isWanted?.() === false) return err({ reason: 'cancelled' });
    const spawned = await spawn(checkout, program);
    if (!spawned.ok) return spawned;
    if (spawned.value === 'lock-held') await delay(RETRY_MS);
  }
  return err(doesNotAnswer(root));
}

function doesNotAnswer(root: string): ClientFailure {
  const pid = livingSupervisor(root)?.pid;
  if (pid !== undefined) return { reason: 'supervisor-hangs', pid };
  return { reason: 'no-supervisor', detail: 'it does not answer', logFile: pathsOf(root).runtimeLog };
}

/** `null`: the supervisor that hung is gone, so that another supervisor can take its place. */
async function endHanging(
  root: string,
  { onEnded }: Pick<SupervisorCall<unknown, unknown>, 'onEnded'>,
): Promise<ClientFailure | null> {
  const identity = livingSupervisor(root);
  if (identity === null || onEnded === undefined) return doesNotAnswer(root);
  if (signalProcess(identity, 'SIGKILL') !== 'sent') return doesNotAnswer(root);
  for (let waited = 0; isAlive(identity); waited += RETRY_MS) {
    if (waited > DEATH_MS) return doesNotAnswer(root);
    await delay(RETRY_MS);
  }
  onEnded(identity.pid);
  return null;
}

async function spawn(checkout: Checkout, entry: string): Promise<Result<'ready' | 'lock-held', ClientFailure>> {
  const { root } = checkout;
  const environment = cleanShellEnvironment(checkout.environment);
  const logFile = pathsOf(root).runtimeLog;
  const outcome = await spawnSupervisor({ entry, root, logFile, environment });
  if (typeof outcome === 'string') return ok(outcome);
  return err({ reason: 'no-supervisor', detail: outcome.failed, logFile });
}
