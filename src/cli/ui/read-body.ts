import type { IncomingMessage } from 'node:http';
import { parseJson } from '../../base/parse-shape.ts';
import type { Shape } from '../../base/shape.ts';

const LARGEST_BYTES = 16 * 1024;

/** The JSON that a request carries; `too-large`: no more of it is read; `invalid`: it is something else. */
export async function readBody<Value>(
  request: IncomingMessage,
  shape: Shape<Value>,
): Promise<Value | 'too-large' | 'invalid'> {
  // A form of another page cannot have this type.
  if (request.headers['content-type'] !== 'application/json') return 'invalid';
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BYTES) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > LARGEST_BYTES) return 'too-large';
    chunks.push(part);
  }
  return parseJson(Buffer.concat(chunks).toString('utf8'), shape) ?? 'invalid';
}
