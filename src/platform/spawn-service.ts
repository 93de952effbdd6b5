import { closeSync, constants, lstatSync, openSync } from 'node:fs';
import { err, ok, type Result } from '../base/result.ts';
import { errorCode } from './error-code.ts';
import { openExclusively } from './exclusive-file.windows.ts';
import { createFifo } from './fifo.ts';
import { probeDescriptors } from './probe-descriptors.ts';
import { identityOfChild, type ProcessIdentity } from './process-identity.ts';
import { APPENDING, openRegularFile } from './regular-file.ts';
import { type ResolvedCommand, spawnArguments } from './resolved-command.ts';
import type { SubreaperRequest } from './spawn-subreaper.ts';
import { launchUnderSubreaper, prepareSubreapers } from './subreaper.ts';

export interface SpawnRequest {
  readonly command: ResolvedCommand;
  /** Must exist: a missing one is told as ENOENT like a missing program. */
  readonly cwd: string;
  /** The whole environment; nothing of ours is added. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Made when missing (0600). Empty, or where there are no FIFOs: stdin is at its end from the beginning. On Windows a
   * file that no process can open as long as one of the service's has inherited it lives.
   */
  readonly fifo: string;
  /** Made when missing (0600), appended to. */
  readonly log: string;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface SpawnedProcess {
  readonly identity: ProcessIdentity;
  /** Resolves when the process itself has ended, whatever became of its children. Does not keep us alive. */
  readonly exited: Promise<ProcessEnd>;
}

/**
 * The system's code, such as ENOENT or EACCES, and its words. A command missing in a shell is not this, but its exit
 * code 127.
 */
export interface SpawnFailure {
  /** Whether the FIFO or log could not be opened, or the program not be started. */
  readonly stage: 'files' | 'program';
  readonly code: string;
  readonly message: string;
}

export type SpawnOutcome = Result<SpawnedProcess, SpawnFailure>;

interface Descriptors {
  readonly stdin: number | 'ignore';
  readonly log: number;
  /** What the processes of the service inherit beside their streams (Windows). */
  readonly held: number | undefined;
}

/** The FIFO, and what Node needs for a moment to learn whether the program could be started. */
const SPARE_DESCRIPTORS = 4;

let spawner: Promise<typeof import('execa')> | undefined;

/**
 * Loads what the next start will need, so that no command waits for it. Call it as soon as it is likely that something
 * will be started; more calls cost nothing. On Linux that is what forks subreapers: mostly one of those starts it.
 * `owner` says in a list of processes what that belongs to.
 */
export async function preloadSpawner(owner: string): Promise<void> {
  if (process.platform === 'linux') prepareSubreapers(owner);
  else await loadSpawner();
}

/**
 * Starts a service that outlives us: own session and group, stdin a FIFO that never ends, output straight to its log.
 * Failure is a value, and then nothing runs. What cannot be launched under a subreaper is tried once more as a child
 * of our own, so that it fails, or works, exactly as without.
 */
export async function spawnService(request: SpawnRequest, subreaper?: SubreaperRequest): Promise<SpawnOutcome> {
  const isPossible = subreaper !== undefined && mayBeLog(request.log);
  const launched = isPossible ? await launchUnderSubreaper(subreaper, request) : undefined;
  return launched === undefined ? spawnOwnChild(request) : ok(launched);
}

/** A subreaper that opens something else would wait for ever, or write what a link leads to. */
function mayBeLog(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() !== false;
}

async function spawnOwnChild(request: SpawnRequest): Promise<SpawnOutcome> {
  const { execa } = await loadSpawner();
  const hasFifo = request.fifo !== '' && (await createFifo(request.fifo)) === 'created';
  const opened = openDescriptors(request, hasFifo ? request.fifo : '');
  if (!opened.ok) return opened;
  const { stdin, log, held } = opened.value;
  const { file, args, shell } = spawnArguments(request.command);
  const subprocess = execa(file, args, {
    cwd: request.cwd,
    env: { ...request.environment },
    extendEnv: false,
    shell,
    detached: true,
    cleanup: false,
    stdio: [
      stdin === 'ignore' ? stdin : inheritable(stdin),
      inheritable(log),
      inheritable(log),
      ...(held === undefined ? [] : [inheritable(held)]),
    ],
    reject: false,
    buffer: false,
  });
  closeDescriptors(opened.value);
  const { pid } = subprocess;
  if (pid === undefined) return err(failureOf(await subprocess));
  const exited = new Promise<ProcessEnd>((resolve) => {
    subprocess.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const identity = identityOfChild(pid);
  subprocess.unref();
  return ok({ identity, exited });
}

/** What spawns every process of a run. */
function loadSpawner(): Promise<typeof import('execa')> {
  spawner ??= import('execa');
  return spawner;
}

/** Opened by us and inherited: a pipe would end with us, and a server that writes into a broken pipe dies. */
function openDescriptors({ log, fifo: given }: SpawnRequest, fifo: string): Result<Descriptors, SpawnFailure> {
  let output: number | undefined;
  try {
    output = openRegularFile(log, APPENDING, 0o600);
    probeDescriptors(SPARE_DESCRIPTORS);
    // For reading and writing: opening does not wait for a writer, and the reader is its own writer, so no end comes.
    const stdin = fifo === '' ? 'ignore' : openSync(fifo, constants.O_RDWR);
    const held = process.platform === 'win32' && given !== '' ? openExclusively(given) : undefined;
    return ok({ log: output, stdin, held });
  } catch (thrown) {
    if (output !== undefined) closeSync(output);
    const code = errorCode(thrown);
    if (code === undefined || !(thrown instanceof Error)) throw thrown;
    return err({ stage: 'files', code, message: thrown.message });
  }
}

/** The types of execa know descriptors up to 9 only; its code hands every number on to Node. */
export function inheritable(descriptor: number): 3 {
  return descriptor as 3;
}

function closeDescriptors({ stdin, log, held }: Descriptors): void {
  closeSync(log);
  if (held !== undefined) closeSync(held);
  if (stdin !== 'ignore') closeSync(stdin);
}

function failureOf(result: {
  readonly code?: string | undefined;
  readonly originalMessage?: string | undefined;
}): SpawnFailure {
  return { stage: 'program', code: result.code ?? 'UNKNOWN', message: result.originalMessage ?? '' };
}
