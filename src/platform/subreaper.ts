import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { expectCodes } from './error-code.ts';
import { probeDescriptors } from './probe-descriptors.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { signalProcess } from './signals.ts';
import type { SpawnedProcess, SpawnRequest } from './spawn-service.ts';
import { type SubreaperRequest, spawnPerl } from './spawn-subreaper.ts';
import { endTold, startedProcess } from './subreaper-script.ts';
import { ZYGOTE_NAME, ZYGOTE_TAG, zygoteOrder, zygoteScript, zygoteTitle } from './subreaper-zygote.ts';
import { whenGone } from './when-gone.ts';

/** Both ends of three pipes, and what Node needs for a moment. */
const SPARE_DESCRIPTORS = 10;
/** What a subreaper has said may come after the end of the zygote, or of what it says is gone, is seen. */
const LATE_MS = 500;

/** Of a zygote that says nothing for so long, though launches are ordered, no more is to be had. */
const SILENCE_MS = 15_000;
const LOOK_MS = 1000;

let zygote: Zygote | undefined;

/** In a list of processes it says whose the zygote is. */
let title = '';

/** Begins what every launch needs, so that none waits for it (4 ms). Call it as soon as a launch is likely. */
export function prepareSubreapers(owner: string): void {
  title = owner;
  if (zygote?.isUsable !== true) zygote = openZygote();
}

/**
 * Starts a service under a process to which the kernel gives every descendant of the service that loses its own parent:
 * even a daemon that cleared its environment, closed its files and left its session stays in the tree by parent. The
 * service has its own environment, session and files, of which its parent has none. The end of the service is told at
 * once; the subreaper reaps, forwards no signal, and ends with its last descendant. Nothing depends on its life:
 * without it the service goes on, and its end is seen all the same. `undefined`: it could not be started so, and
 * nothing runs; always where there are no means: Linux with perl only.
 */
export async function launchUnderSubreaper(
  request: SubreaperRequest,
  service: SpawnRequest,
): Promise<SpawnedProcess | undefined> {
  prepareSubreapers(title);
  return zygote?.launch(request, service);
}

function openZygote(): Zygote | undefined {
  const script = zygoteScript();
  if (script === undefined || !mayOpen(SPARE_DESCRIPTORS)) return undefined;
  const child = spawnPerl({
    ...{ name: ZYGOTE_NAME, tag: ZYGOTE_TAG, title: zygoteTitle(title), session: 'own' },
    stdio: ['pipe', 'pipe', 'ignore', 'pipe'],
  });
  const [stdin, stdout, , scriptEnd] = child.stdio;
  const isOpen = child.pid !== undefined && stdin instanceof Socket && stdout instanceof Socket;
  if (!isOpen || !(scriptEnd instanceof Socket)) return undefined; // No perl here.
  scriptEnd.on('error', () => undefined).end(script);
  return new Zygote(child, stdin, stdout);
}

function mayOpen(count: number): boolean {
  try {
    probeDescriptors(count);
    return true;
  } catch (thrown) {
    expectCodes(thrown, ['EMFILE', 'ENFILE']);
    return false;
  }
}

/** A launch that has been ordered, and what of it was told. */
interface Launch {
  identity: ProcessIdentity | undefined;
  /** It was told to be none. */
  isGivenUp: boolean;
  begun(process: SpawnedProcess | undefined): void;
  /** `undefined`: that will not be told. */
  ended(status: string | undefined): void;
}

/** A process that forks a subreaper for each launch. */
class Zygote {
  readonly #child: ChildProcess;
  readonly #stdin: Socket;
  readonly #launches = new Map<number, Launch>();
  #count = 0;
  #text = '';
  #isUsable = true;
  #heardMs = 0;
  #watch: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, stdin: Socket, stdout: Socket) {
    this.#child = child;
    this.#stdin = stdin;
    child.unref();
    child.once('exit', () => this.#abandon());
    for (const stream of [stdin, stdout]) stream.on('error', () => undefined).unref();
    stdout.setEncoding('latin1').on('data', (chunk: string) => this.#hear(chunk));
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  launch(request: SubreaperRequest, service: SpawnRequest): Promise<SpawnedProcess | undefined> {
    this.#count += 1;
    const number = this.#count;
    const order = zygoteOrder(number, request, service);
    if (order === undefined) return Promise.resolve(undefined);
    return new Promise((begun) => {
      this.#launches.set(number, { identity: undefined, isGivenUp: false, begun, ended: () => undefined });
      this.#stdin.write(order);
      this.#awaitWord();
    });
  }

  /** A stopped zygote, or one that hangs, is ended: then what it has not launched is launched without it. */
  #awaitWord(): void {
    if (this.#watch !== undefined) return;
    this.#heardMs = performance.now();
    this.#watch = setInterval(() => {
      const launches = [...this.#launches.values()];
      const isAwaited = launches.some(({ identity, isGivenUp }) => identity === undefined && !isGivenUp);
      if (isAwaited && performance.now() - this.#heardMs < SILENCE_MS) return;
      clearInterval(this.#watch);
      this.#watch = undefined;
      if (isAwaited) this.#child.kill('SIGKILL');
    }, LOOK_MS);
  }

  #hear(chunk: string): void {
    this.#heardMs = performance.now();
    const lines = (this.#text + chunk).split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      const [number = '', ...words] = line.split(' ');
      const launch = this.#launches.get(Number(number));
      if (launch !== undefined) hear(launch, words);
      if (words.length === 0) this.#launches.delete(Number(number));
    }
  }

  /** What it launched lives on, and is told of by its subreaper; of what it had not launched yet nothing comes. */
  #abandon(): void {
    this.#isUsable = false;
    for (const launch of this.#launches.values()) {
      setTimeout(() => void lose(launch), LATE_MS).unref();
    }
  }
}

/** Pid and start time, the status, or nothing: the subreaper has ended. */
function hear(launch: Launch, words: readonly string[]): void {
  if (words.length === 2) begin(launch, startedProcess(words.join(' ')));
  else if (launch.identity === undefined) launch.begun(undefined);
  else launch.ended(words[0]);
}

function begin(launch: Launch, identity: ProcessIdentity | undefined): void {
  if (identity === undefined) return;
  if (launch.isGivenUp) return void signalProcess(identity, 'SIGKILL');
  launch.identity = identity;
  const status = new Promise<string | undefined>((resolve) => {
    launch.ended = resolve;
  });
  launch.begun({ identity, exited: status.then((told) => endTold(identity, told)) });
}

async function lose(launch: Launch): Promise<void> {
  if (launch.identity === undefined) {
    launch.isGivenUp = true;
    return launch.begun(undefined);
  }
  await whenGone(launch.identity);
  setTimeout(() => launch.ended(undefined), LATE_MS).unref();
}
