import { err, type Result } from '../../base/result.ts';
import { systemClock } from '../../platform/clock.ts';
import { reportBug } from '../output/report-bug.ts';
import { AnswerStream } from '../screen/answer-stream.ts';
import type { Screen } from '../screen/screen.ts';
import { answerRequest, type Request } from './answer-request.ts';
import type { ToolContext } from './call-tool.ts';
import { isId, type MessageId, RPC, type RpcError, readMessage } from './message.ts';

/** No request of ours is that long: a line that does not end must not fill our memory. */
const LONGEST_LINE = 1024 * 1024;
/** What was asked before the input ended is answered, unless that takes longer. */
const LAST_ANSWERS_MS = 5000;

type Server = Pick<ToolContext, 'commands'>;

/** Answers each line of stdin by one on stdout; ends with the input, or when the client takes no more answers. */
export async function serveLines(server: Server, screen: Screen): Promise<void> {
  const answers = new AnswerStream(screen);
  const answering: Answering = { ...server, screen, answers, underWay: new Map(), pending: new Set() };
  const { stdin } = process;
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const answered = answerLine(line, answering).then((message) => {
      if (message === null || answers.send(message) === 'sent') return;
      // Who does not take answers gets no more of them.
      stdin.pause();
      void answers.flushed().then(() => stdin.resume());
    });
    answering.pending.add(answered);
    void answered.finally(() => answering.pending.delete(answered));
  };
  await Promise.race([readLines(take, answers), answers.closed]);
  const last = Promise.all(answering.pending).then(() => answers.flushed());
  await Promise.race([last, answers.closed, systemClock.delay(LAST_ANSWERS_MS)]);
}

/** Hands each line of stdin on; resolves at its end. */
function readLines(take: (line: string) => void, answers: AnswerStream): Promise<void> {
  let rest = '';
  let isSkipping = false;
  const { stdin } = process;
  stdin.setEncoding('utf8');
  stdin.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!isSkipping) take(line);
      isSkipping = false;
    }
    if (rest.length <= LONGEST_LINE) return;
    if (!isSkipping) answers.send(errorTo(undefined, { code: RPC.noRequest, message: 'this line is too long' }));
    isSkipping = true;
    rest = '';
  });
  return new Promise((resolve) => {
    stdin.once('end', () => {
      take(isSkipping ? '' : rest);
      resolve();
    });
    for (const event of ['close', 'error']) stdin.once(event, () => resolve());
  });
}

interface Answering extends Server {
  readonly screen: Screen;
  readonly answers: AnswerStream;
  readonly underWay: Map<MessageId, AbortController>;
  readonly pending: Set<Promise<void>>;
}

type Answer = Readonly<Record<string, unknown>> | null;

/** `null`: there is nothing to answer. */
async function answerLine(line: string, answering: Answering): Promise<Answer> {
  const { underWay } = answering;
  const message = readMessage(line);
  switch (message.kind) {
    case 'request':
      return underWay.has(message.id)
        ? errorTo(message.id, { code: RPC.noRequest, message: 'a request with this id is under way' })
        : answerOne(message, answering);
    case 'invalid':
      return errorTo(message.id, message.error);
    case 'notification': {
      const { requestId } = message.params;
      if (message.method === 'notifications/cancelled' && isId(requestId)) underWay.get(requestId)?.abort();
      return null;
    }
    case 'answer':
      return null;
  }
}

async function answerOne(request: Request, { underWay, screen, commands }: Answering): Promise<Answer> {
  const cancelling = new AbortController();
  const { id } = request;
  underWay.set(id, cancelling);
  // A bug that one request comes upon is no reason to leave all others without an answer.
  const answer = await answerRequest(request, { commands, signal: cancelling.signal }).catch(
    (cause: unknown): Result<never, RpcError> => {
      reportBug(cause, { ...screen, answers: 'text' });
      return err({ code: RPC.internal, message: 'Internal error' });
    },
  );
  underWay.delete(id);
  // Who has cancelled it waits for nothing.
  if (cancelling.signal.aborted) return null;
  return answer.ok ? { jsonrpc: '2.0', id, result: answer.value } : errorTo(id, answer.error);
}

function errorTo(id: MessageId | undefined, error: RpcError): NonNullable<Answer> {
  return { jsonrpc: '2.0', ...(id !== undefined && { id }), error };
}
