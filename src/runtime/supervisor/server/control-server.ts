import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { makeFolder } from '../../../platform/make-folder.ts';
import { listenAtSocket } from '../../../platform/unix-socket.ts';
import {
  BUILD_HEADER,
  CALLER_HEADER,
  HEARTBEAT_MS,
  NOTES_HEADER,
  REPLACED_HEADER,
  type Reply,
} from '../control/protocol.ts';
import type { Supervisor } from '../supervisor.ts';
import { readRequest } from './read-request.ts';

export interface ControlServer {
  /** Requests under way; a supervisor with one is not idle. */
  readonly open: number;
  /** Listens anew when the socket was removed. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export interface ControlOptions {
  readonly supervisor: Supervisor;
  readonly socket: string;
  readonly build: string;
  /** A client built from other code asked: make room for its own supervisor. */
  readonly stepDown: () => void;
}

/** Listens on the checkout's socket, in a folder and with a mode that admit only this user. */
export async function serveControl(options: ControlOptions): Promise<ControlServer> {
  let open = 0;
  let isClosing = false;
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // What comes too late is for the next supervisor, as if we were one of another build.
    if (isClosing) return void outgoing.writeHead(409).end();
    open += 1;
    outgoing.on('close', () => {
      open -= 1;
    });
    void answer(options, incoming, outgoing);
  };
  let server = await listen(handle, options.socket);
  return {
    get open() {
      return open;
    },
    restore: async () => {
      server.close(); // It removes what has the socket's name: first this, then the new one.
      server = await listen(handle, options.socket);
    },
    close: () => {
      isClosing = true;
      return closeServer(server);
    },
  };
}

async function listen(
  handle: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
  socket: string,
): Promise<Server> {
  makeFolder(dirname(socket), 0o700);
  rmSync(socket, { force: true });
  const server = createServer(handle);
  // A start takes as long as its services do.
  server.requestTimeout = 0;
  const umask = process.umask(0o177);
  try {
    await listenAtSocket(server, socket);
  } finally {
    process.umask(umask);
  }
  return server;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

async function answer(options: ControlOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { supervisor } = options;
  const build = incoming.headers[BUILD_HEADER];
  if (build !== undefined && build !== options.build) {
    outgoing.writeHead(409).end();
    if (incoming.headers[REPLACED_HEADER] === undefined) options.stepDown();
    return;
  }
  const { publisher, idle } = supervisor;
  idle.used();
  const say = (reply: Reply): void => void outgoing.write(`${JSON.stringify(publisher.presentable(reply))}\n`);
  const subscriptions = [publisher.subscribe((event) => say({ type: 'event', event }))];
  if (incoming.headers[NOTES_HEADER] !== undefined) {
    subscriptions.push(publisher.followNotes((note) => say({ type: 'note', note })));
  }
  const heartbeat = setInterval(() => say({ type: 'alive' }), HEARTBEAT_MS);
  const fallSilent = (): void => {
    clearInterval(heartbeat);
    for (const end of subscriptions) end();
  };
  const closed = new Promise<void>((resolve) => outgoing.on('close', resolve));
  void closed.then(fallSilent);
  try {
    outgoing.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
    const request = readRequest(incoming.url ?? '', await readBody(incoming));
    if (await isGone(incoming)) return;
    if (request.ok)
      say({ type: 'report', report: await request.value({ supervisor, closed, say, caller: callerOf(incoming) }) });
    else say({ type: 'fault', message: request.error });
  } catch (cause) {
    supervisor.reportBug(cause);
    say({ type: 'fault', message: cause instanceof Error ? cause.message : String(cause) });
  }
  // Before the end, not at the close: what is written in between, after the end, would be the end of this process.
  fallSilent();
  outgoing.end();
}

function callerOf({ headers }: IncomingMessage): number | null {
  const pid = Number(headers[CALLER_HEADER]);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
}

/**
 * After a standstill of ours there may be requests whose clients have given up: they are not carried out any more.
 * The end of a connection is seen a turn or two of the event loop after what came over it.
 */
async function isGone({ socket }: IncomingMessage): Promise<boolean> {
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  return socket.readableEnded || socket.destroyed;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
