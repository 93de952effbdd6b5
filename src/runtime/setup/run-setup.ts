import { relative } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { SetupStep } from '../../plan/plan.ts';
import { acquireLock, acquireLockWaiting, type Lock } from '../../platform/checkout-lock.ts';
import { errorCode } from '../../platform/error-code.ts';
import { pathsOf } from '../state/paths.ts';
import { isThere } from './is-set-up.ts';
import type { StaleReason } from './judge-step.ts';
import { performCopy, performRun, type SetupPlace, type StepEnd } from './perform-step.ts';
import type { SetupFailure } from './setup-failure.ts';
import { forgetStepRecord, type StepRecord, writeStepRecord } from './step-record.ts';
import { recordOf, surveyStep } from './survey-step.ts';

export interface SetupRequest extends SetupPlace {
  readonly steps: readonly SetupStep[];
  /** `always`: though nothing changed. */
  readonly when: 'stale' | 'always';
  readonly onNews: (news: SetupNews) => void;
}

export type SetupNews =
  /** Another command is at it. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly step: SetupStep; readonly reason: StaleReason }
  | { readonly kind: 'done'; readonly step: SetupStep; readonly blank: readonly string[]; readonly ms: number }
  | { readonly kind: 'failed'; readonly step: SetupStep; readonly failure: SetupFailure };

export interface SetupReport {
  /** `broken-off`: by the signal; what had not ended then counts as not done. */
  readonly outcome: 'done' | 'failed' | 'broken-off';
  /** Names of the steps that did something. */
  readonly ran: readonly string[];
}

const LOCK = 'setup';
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;
/**
 * A step that changes its own inputs runs again, to find them as they are; what it changes each time is its own doing.
 */
const MOST_ROUNDS = 2;

/**
 * Does the steps that are stale, one after the other, and only one command at a time in a checkout. The first failure
 * ends it.
 */
export async function runSetup(request: SetupRequest): Promise<SetupReport> {
  const [first] = request.steps;
  if (first === undefined) return { outcome: 'done', ran: [] };
  const turn = await takeTurn(request);
  if (!turn.ok) {
    request.onNews({ kind: 'failed', step: first, failure: turn.error });
    return { outcome: 'failed', ran: [] };
  }
  if (turn.value === undefined) return { outcome: 'broken-off', ran: [] };
  try {
    return await doSteps(request);
  } finally {
    await turn.value.release();
  }
}

/** Why a step has to run; `null`: it has not. */
export function staleReason(
  { root, when }: Pick<SetupRequest, 'root' | 'when'>,
  step: SetupStep,
): Result<StaleReason | null, SetupFailure> {
  if (step.kind === 'copy') return ok(isThere(root, step.to) ? null : { kind: 'output-missing', path: step.to });
  if (when === 'always') return ok({ kind: 'forced' });
  const verdict = surveyStep(root, step);
  if (!verdict.ok) return err({ reason: 'input-unreadable', ...verdict.error });
  return ok(verdict.value.kind === 'fresh' ? null : verdict.value.reason);
}

/** `undefined`: broken off while another command had it. */
async function takeTurn({ root, signal, onNews }: SetupRequest): Promise<Result<Lock | undefined, SetupFailure>> {
  const { state } = pathsOf(root);
  try {
    const lock = await acquireLock(LOCK, state);
    if (lock !== undefined) return ok(lock);
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    return err({ reason: 'unwritable', path: relative(root, state), code });
  }
  onNews({ kind: 'waiting' });
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return ok(await Promise.race([acquireLockWaiting(LOCK, state, LONGEST_WAIT_MS), aborted]));
}

async function doSteps(request: SetupRequest): Promise<SetupReport> {
  const ran: string[] = [];
  for (const step of request.steps) {
    if (request.signal.aborted) return { outcome: 'broken-off', ran };
    const reason = staleReason(request, step);
    if (reason.ok && reason.value === null) continue;
    const startMs = performance.now();
    if (reason.ok && reason.value !== null) request.onNews({ kind: 'running', step, reason: reason.value });
    const end: StepEnd = reason.ok ? await perform(step, request) : { kind: 'failed', failure: reason.error };
    if (end.kind === 'broken-off') return { outcome: 'broken-off', ran };
    if (end.kind === 'failed') {
      request.onNews({ ...end, step });
      return { outcome: 'failed', ran };
    }
    ran.push(step.name);
    request.onNews({ ...end, step, ms: performance.now() - startMs });
  }
  return { outcome: 'done', ran };
}

async function perform(step: SetupStep, request: SetupRequest): Promise<StepEnd> {
  if (step.kind === 'copy') return performCopy(step, request);
  const { root } = request;
  // From here on until it succeeds nothing says that it did.
  forgetStepRecord(root, step.name);
  for (let round = 1; ; round++) {
    const before = recordOf(root, step);
    if (!before.ok) return failedOn(before.error);
    const end = await performRun(step, request);
    if (end.kind !== 'done') return end;
    const after = recordOf(root, step);
    if (!after.ok) return failedOn(after.error);
    if (round < MOST_ROUNDS && !isSameContent(before.value, after.value)) continue;
    writeStepRecord(root, step.name, after.value);
    return end;
  }
}

function failedOn(error: { readonly file: string; readonly code: string }): StepEnd {
  return { kind: 'failed', failure: { reason: 'input-unreadable', ...error } };
}

function isSameContent(one: StepRecord, other: StepRecord): boolean {
  const contentOf = ({ inputs }: StepRecord) => JSON.stringify(inputs.map(({ file, hash }) => [file, hash]));
  return contentOf(one) === contentOf(other);
}
