import { existsSync } from 'node:fs';
import { systemClock } from '../../platform/clock.ts';
import { ownIdentity } from '../../platform/process-identity.ts';
import { type CommandOutcome, type CommandRequest, runCommand } from '../../platform/run-command.ts';
import { COMMAND_MARK, runTag } from '../../platform/run-marks.ts';
import { type CommandRun, removeCommandRun, writeCommandRun } from '../state/command-run.ts';
import { socketPathOf } from '../state/socket-path.ts';
import { newRunId } from './new-run-id.ts';

export interface GuardedCommand extends Pick<CommandRun, 'kind' | 'name' | 'command'> {
  readonly request: CommandRequest;
  /** Runs it, instead of `runCommand` alone. */
  readonly perform?: (request: CommandRequest) => Promise<CommandOutcome>;
}

/** One that stands still is not waited for: what it misses it finds when it goes on. */
const LONGEST_WAIT_MS = 500;

export interface CommandGuard {
  /** The checkout's, absolute. */
  readonly root: string;
  /** Has a supervisor keep a lease of this process; called before each command. */
  readonly acquire: () => Promise<unknown>;
}

/**
 * Runs a command that does not outlive this process. It is recorded before it is spawned and carries a tag, so that it
 * is listed and can be ended like a service. When we are killed, the supervisor that has our lease ends it; so with
 * what an abort has left, which only its tag still shows.
 */
export async function runGuarded(guarded: GuardedCommand, guard: CommandGuard): Promise<CommandOutcome> {
  const { root } = guard;
  const { request, perform = runCommand, ...named } = guarded;
  const id = newRunId();
  let record: CommandRun = {
    ...{ schemaVersion: 1, id, ...named, root: null },
    client: ownIdentity(),
    startedAt: new Date().toISOString(),
  };
  writeCommandRun(root, record);
  await beGuarded(guard);
  const outcome = await perform({
    ...request,
    environment: { ...request.environment, [runTag(id)]: '1', [COMMAND_MARK]: root },
    // What has something on its stdin gets no such parent, which has none to pass on: there its tag has to do.
    ...(request.input === undefined && {
      subreaper: { tag: runTag(id), title: `${root} ${named.kind} ${named.name}` },
    }),
    onStart(identity) {
      record = { ...record, root: identity };
      writeCommandRun(root, record);
    },
  });
  if (outcome.ended !== 'aborted') removeCommandRun(root, id);
  return outcome;
}

/**
 * A supervisor that is there has to be told. One that is not is spawned in this very turn, and finds the record when it
 * has started: nothing has to wait for that.
 */
async function beGuarded({ root, acquire }: CommandGuard): Promise<void> {
  const isThere = existsSync(socketPathOf(root));
  const acquired = acquire();
  if (isThere) await Promise.race([acquired, systemClock.delay(LONGEST_WAIT_MS)]);
}
