import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { noteOwn } from '../../platform/connected-clients.ts';

/** One GET request. */
export interface Question {
  readonly url: URL;
  /** The address to connect to; `null`: whatever the URL's host resolves to. */
  readonly address: string | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What came back. Times are from the request to the first line of the answer. */
export type Answer =
  | { readonly kind: 'status'; readonly status: number; readonly responseMs: number }
  /** It accepted the connection and said nothing in time. */
  | { readonly kind: 'silent' }
  /** It accepted the connection and closed it without a word. */
  | { readonly kind: 'closed'; readonly responseMs: number }
  /** It said something that is not HTTP. */
  | { readonly kind: 'not-http'; readonly responseMs: number }
  | { readonly kind: 'unreachable'; readonly message: string };

/** A page is read to its end where it is short, so that servers do not log a broken pipe; a stream is cut off. */
const DRAIN_MS = 1_000;

/**
 * Asks once, over a connection of its own: no proxy, no redirects followed, certificates not checked (dev servers sign
 * their own). Never rejects; when aborted it resolves soon with whatever it was.
 */
export function askHttp({ url, address, timeoutMs, signal }: Question): Promise<Answer> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  return new Promise((resolve) => {
    // Loaded only to ask over TLS.
    const ask = url.protocol === 'https:' ? process.getBuiltinModule('node:https').request : httpRequest;
    let connected = false;
    const request = ask(url, {
      ...connectionOf({ url, address, timeoutMs, signal }),
      signal,
      headers: { accept: '*/*', host: url.host, 'user-agent': 'devgen' },
    });
    const timer = setTimeout(() => {
      resolve(connected ? { kind: 'silent' } : { kind: 'unreachable', message: 'ETIMEDOUT' });
      request.destroy();
    }, timeoutMs);
    request.once('socket', (socket) => noteOwn(socket).once('connect', () => (connected = true)));
    request.once('response', (response) => {
      resolve({ kind: 'status', status: response.statusCode ?? 0, responseMs: elapsed() });
      drain(request, response);
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(readError(error, connected, elapsed())));
    request.once('close', () => clearTimeout(timer));
    request.end();
  });
}

/** Plain HTTP goes without an agent, which at its first use costs more than the question. */
function connectionOf({ url, address }: Question): RequestOptions {
  const hostname = address ?? url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:') {
    const port = url.port === '' ? 80 : Number(url.port);
    return { createConnection: () => connect({ host: hostname, port }) };
  }
  return { agent: false, hostname, rejectUnauthorized: false, servername: serverName(url) };
}

function readError(error: NodeJS.ErrnoException, connected: boolean, responseMs: number): Answer {
  const code = error.code ?? error.message;
  if (code.startsWith('HPE_') || code.startsWith('ERR_SSL_') || code === 'EPROTO')
    return { kind: 'not-http', responseMs };
  if (connected && (code === 'ECONNRESET' || code === 'EPIPE')) return { kind: 'closed', responseMs };
  return { kind: 'unreachable', message: code };
}

function drain(request: ClientRequest, response: IncomingMessage): void {
  const cut = setTimeout(() => request.destroy(), DRAIN_MS);
  cut.unref();
  response.on('error', () => {
    // Cut off by us or by the server: the status is all that was asked for.
  });
  response.once('close', () => clearTimeout(cut));
  response.resume();
}

/** TLS knows no server names that are addresses. */
function serverName(url: URL): string {
  return /^[\d.]+$|^\[/.test(url.hostname) ? '' : url.hostname;
}
