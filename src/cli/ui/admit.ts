import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { sha256 } from '../../base/sha256.ts';
import type { OwnAddress } from './own-address.ts';

/** The head of a request, as it came. */
export interface RequestHead {
  readonly method: string;
  /** As in the first line of the request. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly path: string; readonly query: URLSearchParams }
  /** It has brought the token, for which it gets the cookie, unless it is `known` by that already. */
  | { readonly kind: 'newcomer'; readonly isKnown: boolean }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string };

const LONGEST_TARGET = 2048;
const NOT_KNOWN = 'open the address that `ui` has printed; for another browser, run `ui` beside it';
/** Where a browser would show the page inside of another one. */
const EMBEDDING = new Set(['iframe', 'frame', 'object', 'embed', 'fencedframe']);

/**
 * Whether a request comes from our own page, or from a browser that has the token. Another page in the same browser
 * may send requests here under any name of this machine, but can change neither `Host`, `Origin` nor `Sec-Fetch-Site`.
 * Source: Fetch Metadata Request Headers; RFC 6454, 7; RFC 6265bis
 */
export function admit({ method, target, headers }: RequestHead, own: OwnAddress): Admission {
  if (method !== 'GET' && method !== 'POST') return refused(405, 'only GET and POST');
  if (target.length > LONGEST_TARGET) return refused(414, 'this address is too long');
  if (!own.hosts.has(headers.host ?? '')) return refused(421, 'this is not the host that you mean');
  // Taken as it is written: a URL parser would resolve `..`.
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  if (!path.startsWith(own.folder)) return refused(404, 'there is nothing here');
  const given = new URLSearchParams(query);
  const token = given.get('token');
  if (EMBEDDING.has(String(headers['sec-fetch-dest']))) return refused(403, 'this page is shown in no other one');
  if (token !== null && method === 'GET' && path === own.folder) return enter(token, headers, own);
  const stranger = strangerIn(method, headers);
  if (stranger !== null) return refused(403, stranger);
  if (!hasCookie(headers.cookie, own)) return refused(401, NOT_KNOWN);
  return { kind: 'admitted', path: path.slice(own.folder.length), query: given };
}

/** The address may be followed from anywhere, such as a terminal in a browser; but by a person, and not beforehand. */
function enter(token: string, headers: IncomingHttpHeaders, own: OwnAddress): Admission {
  if (headers['sec-purpose'] !== undefined || headers.purpose !== undefined) return refused(403, 'not beforehand');
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined && mode !== 'navigate') return refused(403, 'this address is opened, not fetched');
  if (!isSame(token, own.token)) return refused(401, 'this is not the token');
  return { kind: 'newcomer', isKnown: hasCookie(headers.cookie, own) };
}

/** What shows that another page has sent it; `null`: nothing. */
function strangerIn(method: string, headers: IncomingHttpHeaders): string | null {
  const { host, origin, 'sec-fetch-site': site } = headers;
  const changes = method === 'POST';
  if (site !== undefined && site !== 'same-origin' && (changes || site !== 'none')) return 'another page asks for this';
  if (changes ? origin !== `http://${host}` : origin !== undefined && origin !== `http://${host}`) {
    return 'another origin asks for this';
  }
  return null;
}

function hasCookie(header: string | undefined, { cookie }: OwnAddress): boolean {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.some((pair) => isSame(pair, `${cookie.name}=${cookie.value}`));
}

/** In a time that tells nothing of how much of it is right. */
function isSame(given: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(right)));
}

function refused(status: number, why: string): Admission {
  return { kind: 'refused', status, why };
}
