import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from '../../platform/error-code.ts';
import { reportBug } from '../output/report-bug.ts';
import { admit } from './admit.ts';
import { entranceOf, newAddress, type OwnAddress } from './own-address.ts';
import { isOwnSocket } from './own-socket.ts';
import { refuse, respond } from './respond.ts';
import { answerAsked, type Site } from './ui-site.ts';

export interface UiServer {
  /** The URL that lets one browser in, once. */
  readonly entrance: string;
  close(): void;
}

/** A browser has six to one host; what comes beyond is closed as soon as it is accepted. */
const MOST_CONNECTIONS = 64;
/** For a head, and for all of a request: a sender that is slower does not hold a connection for ever. */
const HEAD_MS = 5000;
const REQUEST_MS = 10_000;
const LARGEST_HEAD_BYTES = 16 * 1024;
/** Another program may have the port on the other address. */
const MOST_TRIES = 10;

/**
 * Serves the site on both loopback addresses, to this user's browsers. Throws as `listen` does, with `EADDRINUSE` when
 * `port` is taken; 0: any that is free.
 */
export async function serveUi(site: Site, port: number): Promise<UiServer> {
  for (let tries = 1; ; tries++) {
    const first = newServer();
    await listen(first, '127.0.0.1', port);
    const own = newAddress(portOf(first));
    const second = newServer();
    try {
      await listen(second, '::1', own.port);
    } catch (thrown) {
      const isTaken = errorCode(thrown) === 'EADDRINUSE';
      // Without IPv6 there is no other one.
      if (isTaken) first.close();
      if (isTaken && (port !== 0 || tries === MOST_TRIES)) throw thrown;
      if (isTaken) continue;
    }
    const answer = answerWith(site, own);
    const servers = [first, second];
    for (const server of servers) server.on('request', answer);
    return { entrance: entranceOf(own), close: () => servers.forEach(closeServer) };
  }
}

function newServer(): Server {
  const server = createServer({
    maxHeaderSize: LARGEST_HEAD_BYTES,
    headersTimeout: HEAD_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: HEAD_MS,
  });
  server.maxConnections = MOST_CONNECTIONS;
  // What is no HTTP gets no answer that could tell anything.
  server.on('clientError', (_, socket) => socket.destroy());
  return server;
}

function answerWith(site: Site, own: OwnAddress): (request: IncomingMessage, response: ServerResponse) => void {
  let isTokenUsed = false;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: target = '', headers } = request;
    const admission = admit({ method, target, headers }, own);
    if (admission.kind === 'refused') return refuse(response, admission.status, admission.why);
    // A token stands in the arguments of a browser, which all users see: another user's process gets nothing for it.
    // Asked last: connections that bring nothing cost nothing.
    if (!isOwnSocket(request.socket)) return void request.socket.destroy();
    switch (admission.kind) {
      case 'newcomer':
        if (isTokenUsed && !admission.isKnown) return refuse(response, 401, used(site));
        isTokenUsed = true;
        return letIn(response, own);
      case 'admitted':
        return answerAsked({ ...admission, request, response }, site);
    }
  };
  return (request, response) => {
    request.on('error', () => undefined); // It is gone, and so is whom to tell.
    answer(request, response).catch((cause: unknown) => {
      reportBug(cause, { ...site.project.context.screen, answers: 'text' });
      refuse(response, 500, 'this is a bug in devgen');
    });
  };
}

function used({ project }: Site): string {
  const { program } = project.context.words;
  return `this address has let a browser in already; for this one, run \`${program} ui\` beside it`;
}

/**
 * A page that goes on to the real one by itself: a cookie that is for our own pages alone does not come with a redirect
 * that begins at another one's.
 */
function letIn(response: ServerResponse, { folder, cookie }: OwnAddress): void {
  const page = [
    '<!doctype html><meta charset="utf-8"><title>devgen</title>',
    `<link rel="icon" href="${folder}icon.svg"><meta http-equiv="refresh" content="0; url=${folder}">`,
    `<a href="${folder}">Go on</a>\n`,
  ].join('\n');
  const pair = `${cookie.name}=${cookie.value}; Path=${folder}; HttpOnly; SameSite=Strict`;
  respond(response, { type: 'text/html; charset=utf-8', text: page, headers: { 'set-cookie': pair } });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}

function closeServer(server: Server): void {
  server.close();
  server.closeAllConnections();
}
