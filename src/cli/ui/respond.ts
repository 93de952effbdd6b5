import type { ServerResponse } from 'node:http';

/** The page loads only what is ours, runs no script that is written into it, and makes no text HTML. */
const POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ');

/** With each answer, an error's too. Source: Fetch; CSP level 3; RFC 7034 */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export interface Content {
  readonly status?: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a whole answer. */
export function respond(response: ServerResponse, { status = 200, type, text, headers = {} }: Content): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(text);
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': body.length, ...headers }).end(body);
}

/** Refuses a request; what it has sent, or goes on to send, is not read, so the connection ends. */
export function refuse(response: ServerResponse, status: number, why: string): void {
  const text = `${why}\n`;
  respond(response, { status, type: 'text/plain; charset=utf-8', text, headers: { connection: 'close' } });
}

/** Sends the head of an answer whose text follows by and by. */
export function beginAnswer(response: ServerResponse, type: string, headers: Content['headers'] = {}): void {
  response.writeHead(200, { ...HEADERS, 'content-type': type, ...headers }).flushHeaders();
}
