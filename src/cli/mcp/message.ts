import { isObject, memberOf } from '../../manifest/read-json.ts';

export type MessageId = string | number;

type Params = Readonly<Record<string, unknown>>;

/** One line from a client. */
export type Message =
  | { readonly kind: 'request'; readonly id: MessageId; readonly method: string; readonly params: Params }
  | { readonly kind: 'notification'; readonly method: string; readonly params: Params }
  /** To a question that we never ask. */
  | { readonly kind: 'answer' }
  /** `id`: of the request that it was meant for; `undefined`: that cannot be read. */
  | { readonly kind: 'invalid'; readonly id: MessageId | undefined; readonly error: RpcError };

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** Source: jsonrpc.org/specification, 5.1 */
export const RPC = {
  notJson: -32700,
  noRequest: -32600,
  noMethod: -32601,
  badParams: -32602,
  internal: -32603,
} as const;

/** Reads a line as JSON-RPC 2.0, without batches, which the protocol has no more. */
export function readMessage(line: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return invalid(undefined, RPC.notJson, 'this line is not JSON');
    throw thrown;
  }
  const id = memberOf(value, 'id');
  const known = isId(id) ? id : undefined;
  if (!isObject(value) || value.jsonrpc !== '2.0') return invalid(known, RPC.noRequest, 'this is not JSON-RPC 2.0');
  const { method, params = {} } = value;
  if (typeof method !== 'string') {
    const isAnswer = 'result' in value || 'error' in value;
    return isAnswer ? { kind: 'answer' } : invalid(known, RPC.noRequest, '`method` is missing');
  }
  if (!isObject(params)) return invalid(known, RPC.badParams, '`params` is no object');
  if (id === undefined) return { kind: 'notification', method, params };
  if (known === undefined) return invalid(undefined, RPC.noRequest, '`id` is neither a text nor a whole number');
  return { kind: 'request', id: known, method, params };
}

export function isId(value: unknown): value is MessageId {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function invalid(id: MessageId | undefined, code: number, message: string): Message {
  return { kind: 'invalid', id, error: { code, message } };
}
