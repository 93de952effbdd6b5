import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { systemClock } from './clock.ts';
import { endCommand } from './end-command.ts';
import { forwardLines } from './forward-lines.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { APPENDING, openRegularFile } from './regular-file.ts';
import type { ResolvedCommand } from './resolved-command.ts';
import { type CommandStdio, spawnCommand } from './spawn-command.ts';
import { inheritable, type ProcessEnd } from './spawn-service.ts';
import type { SubreaperRequest } from './spawn-subreaper.ts';

export interface CommandRequest {
  readonly command: ResolvedCommand;
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** On this terminal, at the end of `log`, handed back (the last 64 KiB of both streams), or handed to `onLine`. */
  readonly output: 'inherit' | 'log' | 'capture' | 'lines';
  readonly log?: string;
  /** What its stdin brings; only with `capture`. */
  readonly input?: string;
  /** Gets each line of both streams, without its end, as it comes. */
  readonly onLine?: (line: string) => void;
  /** Told once it runs; not when it cannot be started. */
  readonly onStart?: (identity: ProcessIdentity) => void;
  /** Keeps what its tree orphans, as a parent of a service does. */
  readonly subreaper?: SubreaperRequest;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface CommandOutcome extends ProcessEnd {
  /** Empty unless it was to be captured. */
  readonly output: string;
  /** `not-started`: no such program or folder; `code` is then 127, as a shell would say, and `output` tells why. */
  readonly ended: 'by-itself' | 'timed-out' | 'aborted' | 'not-started';
}

const MAX_OUTPUT_CHARACTERS = 64 * 1024;
const GRACE_MS = 2000;
/** What a command has written is at hand soon after its exit; a child that keeps the stream open is not waited for. */
const DRAIN_MS = 100;

/**
 * Runs a command to its end. A time-out or abort ends its whole tree, and the last of it is gone when this resolves:
 * SIGTERM, two seconds later SIGKILL.
 * Its stdin is this terminal with `inherit`, else at its end from the beginning, or behind `input`.
 */
export async function runCommand(request: CommandRequest): Promise<CommandOutcome> {
  const { command, cwd, environment, subreaper, input, output: to } = request;
  const log = to === 'log' && request.log !== undefined ? openRegularFile(request.log, APPENDING, 0o600) : undefined;
  // Ctrl+C reaches what shares the terminal; anything else has its own group, which can be ended as one.
  const session = to === 'inherit' ? 'caller' : 'own';
  const spawning = spawnCommand({ command, cwd, environment, stdio: stdioOf(to, log), session, subreaper, input });
  const spawned = await spawning.finally(() => log !== undefined && closeSync(log));
  if (!spawned.ok) return { code: 127, signal: null, output: spawned.error, ended: 'not-started' };
  const { identity, exited, streams } = spawned.value;
  request.onStart?.(identity);
  const { onLine } = request;
  const output = onLine === undefined ? tailOf(streams) : forwardLines(streams, onLine);
  const { ended, end } = await endOf(identity, exited, request);
  return { ...end, ended, output: await output(ended === 'by-itself' ? DRAIN_MS : 0) };
}

function stdioOf(output: CommandRequest['output'], log: number | undefined): CommandStdio {
  if (output === 'inherit') return ['inherit', 'inherit', 'inherit'];
  if (output === 'capture' || output === 'lines') return ['ignore', 'pipe', 'pipe'];
  return log === undefined ? ['ignore', 'ignore', 'ignore'] : ['ignore', inheritable(log), inheritable(log)];
}

async function endOf(
  identity: ProcessIdentity,
  exited: Promise<ProcessEnd>,
  { timeoutMs, signal }: CommandRequest,
): Promise<{ readonly ended: 'by-itself' | 'timed-out' | 'aborted'; readonly end: ProcessEnd }> {
  const limit = interruption(timeoutMs, signal);
  const ended = await Promise.race([exited.then(() => 'by-itself' as const), limit.reached]);
  limit.forget();
  if (ended !== 'by-itself') await endCommand(identity, GRACE_MS);
  return { ended, end: await exited };
}

interface Interruption {
  readonly reached: Promise<'timed-out' | 'aborted'>;
  forget(): void;
}

function interruption(timeoutMs: number | undefined, signal: AbortSignal | undefined): Interruption {
  let forget = (): void => undefined;
  const reached = new Promise<'timed-out' | 'aborted'>((resolve) => {
    const abort = (): void => resolve('aborted');
    const timer = timeoutMs === undefined ? undefined : systemClock.schedule(timeoutMs, () => resolve('timed-out'));
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
    forget = () => {
      timer?.cancel();
      signal?.removeEventListener('abort', abort);
    };
  });
  return { reached, forget };
}

/** Collects what the streams bring; the returned function waits up to `drainMs` for their end and gives the tail. */
function tailOf(streams: readonly (Readable | null)[]): (drainMs: number) => Promise<string> {
  let text = '';
  const ends: Promise<void>[] = [];
  for (const stream of streams) {
    if (stream === null) continue;
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-MAX_OUTPUT_CHARACTERS);
    });
    ends.push(new Promise((resolve) => stream.once('close', resolve)));
  }
  return async (drainMs) => {
    if (ends.length > 0) {
      await Promise.race([Promise.all(ends), new Promise((resolve) => setTimeout(resolve, drainMs))]);
      for (const stream of streams) stream?.destroy();
    }
    return text;
  };
}
