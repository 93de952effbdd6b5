import { Socket } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import { err, ok, type Result } from '../base/result.ts';
import { currentBoot } from './boot.ts';
import { identityOfChild, type ProcessIdentity } from './process-identity.ts';
import { type ResolvedCommand, spawnArguments } from './resolved-command.ts';
import type { ProcessEnd } from './spawn-service.ts';
import { SUBREAPER_NAME, type SubreaperRequest, spawnPerl } from './spawn-subreaper.ts';
import { commandSubreaperScript, endTold, launchBody, startedProcess, wordOf } from './subreaper-script.ts';

export type CommandStdio = [
  stdin: 'inherit' | 'ignore',
  stdout: 'inherit' | 'ignore' | 'pipe' | 3,
  stderr: 'inherit' | 'ignore' | 'pipe' | 3,
];

export interface CommandSpawn {
  readonly command: ResolvedCommand;
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdio: CommandStdio;
  /** What its stdin brings, in place of what `stdio` says; never with a subreaper. */
  readonly input?: string | undefined;
  /** `caller`: in our session and group, which Ctrl+C reaches as one. */
  readonly session: 'own' | 'caller';
  /** With it the command gets a parent that keeps what its tree orphans, where there are means; never with a log. */
  readonly subreaper?: SubreaperRequest | undefined;
}

export interface SpawnedCommand {
  readonly identity: ProcessIdentity;
  readonly exited: Promise<ProcessEnd>;
  readonly streams: readonly (Readable | null)[];
}

/** Starts a command; an error is the system's words for why it cannot be started. */
export async function spawnCommand(spawn: CommandSpawn): Promise<Result<SpawnedCommand, string>> {
  const kept = spawn.subreaper === undefined ? undefined : await underSubreaper(spawn, spawn.subreaper);
  if (kept !== undefined) return ok(kept);
  const { execa } = await import('execa');
  const { file, args, shell } = spawnArguments(spawn.command);
  const subprocess = execa(file, args, {
    cwd: spawn.cwd,
    env: { ...spawn.environment },
    extendEnv: false,
    shell,
    detached: spawn.session === 'own',
    stdio: spawn.input === undefined ? spawn.stdio : ['pipe', spawn.stdio[1], spawn.stdio[2]],
    reject: false,
    buffer: false,
  });
  const { pid } = subprocess;
  if (pid === undefined) {
    const { originalMessage = '' } = await subprocess;
    return err(originalMessage);
  }
  // One that does not read it to its end has its reasons (EPIPE).
  subprocess.stdin?.on('error', () => undefined).end(spawn.input);
  const exited = new Promise<ProcessEnd>((resolve) => {
    subprocess.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return ok({ identity: identityOfChild(pid), exited, streams: [subprocess.stdout, subprocess.stderr] });
}

/** `undefined`: it could not, and nothing runs. */
async function underSubreaper(spawn: CommandSpawn, request: SubreaperRequest): Promise<SpawnedCommand | undefined> {
  const { session } = spawn;
  const script = commandSubreaperScript(session);
  const body = launchBody([spawn.cwd], spawn);
  if (script === undefined || body === undefined) return undefined;
  const child = spawnPerl({ ...request, name: SUBREAPER_NAME, session, stdio: [...spawn.stdio, 'pipe', 'pipe'] });
  // Read from here on: what nothing reads when the child exits, Node throws away.
  const streams = [child.stdout, child.stderr].map((stream) => stream?.pipe(new PassThrough()) ?? null);
  const gone = new Promise<ProcessEnd>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  const [, , , ear, mouth] = child.stdio;
  if (child.pid === undefined || !(ear instanceof Socket) || !(mouth instanceof Socket)) return undefined; // No perl.
  // What fails from here on shows as the end of its words.
  for (const stream of [ear, mouth]) stream.on('error', () => undefined);
  const [first, second] = [wordOf(mouth, 1), wordOf(mouth, 2)];
  ear.end(Buffer.concat([Buffer.from(`${script}${body.length}\n`), body]));
  const identity = startedProcess(await first);
  if (identity === undefined) {
    const end = await gone;
    // Ctrl+C came before it was ready: that was for the command.
    const own = { ...currentBoot(), pid: child.pid, startTime: 0 };
    return end.signal === null ? undefined : { identity: own, exited: gone, streams };
  }
  return { identity, exited: second.then((status) => endTold(identity, status)), streams };
}
