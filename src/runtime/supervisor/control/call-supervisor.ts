import { parseJson, parseShape } from '../../../base/parse-shape.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { isLookDear } from '../../../platform/is-look-dear.ts';
import { connectToSocket } from '../../../platform/unix-socket.ts';
import type { LogNote } from '../../logs/log-level.ts';
import type { RuntimeEvent } from '../../state/runtime-event.ts';
import {
  BUILD_HEADER,
  CALLER_HEADER,
  type ControlEndpoint,
  HEARTBEAT_MS,
  NOTES_HEADER,
  REPLACED_HEADER,
  replyShape,
} from './protocol.ts';

export interface Call<Request, Report> {
  readonly socket: string;
  readonly endpoint: ControlEndpoint<Request, Report>;
  readonly body: Request;
  readonly onEvent: (event: RuntimeEvent) => void;
  /** Told when a service is asked whether it is well. */
  readonly onProbe?: (service: string) => void;
  /** Told the supervisor's notes, its decisions among them; without it none are sent. */
  readonly onNote?: (note: LogNote) => void;
  /** Told at each sign of life. */
  readonly onAlive?: () => void;
  /** What the caller's runtime is built from; without it any supervisor will do. */
  readonly build?: string;
  /** That runtime has been replaced: a supervisor that is of another one stays. */
  readonly yields?: boolean;
  readonly signal?: AbortSignal;
}

export type CallFailure =
  /** No process listens there. */
  | { readonly reason: 'unreachable'; readonly code: string }
  /** It is built from other code, and steps down if we do not yield. */
  | { readonly reason: 'other-build' }
  /** It lives, and says nothing. */
  | { readonly reason: 'silent' }
  /** It went away before its report. */
  | { readonly reason: 'lost' }
  | { readonly reason: 'fault'; readonly message: string };

/**
 * A machine that stands still does not count: neither do our own ticks then. Where looks are dear the supervisor waits
 * for the system's tools, one after the other, and says nothing meanwhile.
 */
const SILENT_TICKS = isLookDear ? 20 : 5;

/**
 * One request to a supervisor: events as they come, then its report.
 * HTTP/1.0 by hand, whose answer simply ends with the connection: Node's client costs 10 ms of a start that has 50.
 */
export function callSupervisor<Request, Report>(call: Call<Request, Report>): Promise<Result<Report, CallFailure>> {
  return new Promise((resolve) => {
    const answer = new AnswerReader(call);
    const { signal } = call;
    const connection = connectToSocket(call.socket);
    const leave = (): void => void connection.destroy();
    let silentTicks = 0;
    const watch = setInterval(() => {
      silentTicks += 1;
      if (silentTicks < SILENT_TICKS) return;
      answer.result = err({ reason: 'silent' });
      leave();
    }, HEARTBEAT_MS);
    if (signal?.aborted === true) leave();
    signal?.addEventListener('abort', leave);
    connection.setEncoding('utf8');
    connection.on('connect', () => connection.write(requestText(call)));
    connection.on('data', (chunk: string) => {
      silentTicks = 0;
      answer.add(chunk);
    });
    connection.on('error', (error: NodeJS.ErrnoException) => answer.fail(error.code ?? error.message));
    connection.on('close', () => {
      signal?.removeEventListener('abort', leave);
      clearInterval(watch);
      resolve(answer.result);
    });
  });
}

function requestText({ endpoint, body, build, yields, onNote }: Call<unknown, unknown>): string {
  const content = JSON.stringify(body);
  return [
    `POST ${endpoint.path} HTTP/1.0`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(content)}`,
    `${CALLER_HEADER}: ${process.pid}`,
    ...(build === undefined ? [] : [`${BUILD_HEADER}: ${build}`]),
    ...(yields === true ? [`${REPLACED_HEADER}: 1`] : []),
    ...(onNote === undefined ? [] : [`${NOTES_HEADER}: 1`]),
    '',
    content,
  ].join('\r\n');
}

/** Puts the answer together, however it was cut into chunks: the head, then a reply on each line. */
class AnswerReader<Report> {
  readonly #call: Call<unknown, Report>;
  #isInBody = false;
  #rest = '';
  result: Result<Report, CallFailure> = err({ reason: 'lost' });

  constructor(call: Call<unknown, Report>) {
    this.#call = call;
  }

  add(chunk: string): void {
    this.#rest += chunk;
    if (!this.#isInBody && !this.#takeHead()) return;
    const lines = this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
  }

  /** Before anything was answered no supervisor was there; after that one was, and went away. */
  fail(code: string): void {
    if (!this.#isInBody) this.result = err({ reason: 'unreachable', code });
  }

  #takeHead(): boolean {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end === -1) return false;
    if (/^HTTP\/1\.\d 409 /.test(this.#rest)) this.result = err({ reason: 'other-build' });
    this.#rest = this.#rest.slice(end + 4);
    this.#isInBody = true;
    return true;
  }

  /** Another program may have the socket, or the supervisor may have died in the middle of a line. */
  #take(line: string): void {
    const reply = parseJson(line, replyShape);
    const report = reply?.type === 'report' ? parseShape(this.#call.endpoint.report, reply.report) : undefined;
    if (report !== undefined) this.result = ok(report);
    else if (reply?.type === 'event') this.#call.onEvent(reply.event);
    else if (reply?.type === 'probe') this.#call.onProbe?.(reply.service);
    else if (reply?.type === 'note') this.#call.onNote?.(reply.note);
    else if (reply?.type === 'alive') this.#call.onAlive?.();
    else this.result = err({ reason: 'fault', message: reply?.type === 'fault' ? reply.message : unexpected(line) });
  }
}

function unexpected(line: string): string {
  return `unexpected answer: ${line}`;
}
