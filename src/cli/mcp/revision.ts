import { err, ok, type Result } from '../../base/result.ts';
import { memberOf } from '../../manifest/read-json.ts';
import type { RpcError } from './message.ts';

/** Each request says all about itself in `_meta`. Source: modelcontextprotocol.io/specification/2026-07-28 */
const STATELESS = '2026-07-28';
/** A client begins with `initialize`; the newest first. */
const WITH_HANDSHAKE: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

export const REVISIONS: readonly string[] = [STATELESS, ...WITH_HANDSHAKE];

const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';
const UNSUPPORTED = -32022;
const LONGEST_REVISION = 40;

/** How the answer to a request is put. */
export type Era = 'stateless' | 'handshake';

/** By which revision a request is to be answered. */
export function eraOf(params: Readonly<Record<string, unknown>>): Result<Era, RpcError> {
  const requested = memberOf(params._meta, VERSION_KEY);
  if (requested === undefined) return ok('handshake');
  if (requested === STATELESS) return ok('stateless');
  const isShort = typeof requested === 'string' && requested.length <= LONGEST_REVISION;
  const data = { supported: REVISIONS, requested: isShort ? requested : '' };
  return err({ code: UNSUPPORTED, message: 'Unsupported protocol version', data });
}

/** What `initialize` agrees on: the revision that is asked for, or else the newest that it can lead to. */
export function agreedRevision(requested: unknown): string {
  const found = WITH_HANDSHAKE.find((revision) => revision === requested);
  return found ?? WITH_HANDSHAKE[0] ?? '';
}
