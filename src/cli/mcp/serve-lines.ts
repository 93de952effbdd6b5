import { err, type Result } from '../../base/result.ts';
import { reportBug } from '../output/report-bug.ts';
import type { Screen } from '../screen/screen.ts';
import { answerRequest, type Request } from './answer-request.ts';
import type { ToolContext } from './call-tool.ts';
import { isId, type MessageId, RPC, type RpcError, readMessage } from './message.ts';

/** No request of ours is that long: a line that does not end must not fill our memory. */
const LONGEST_LINE = 1024 * 1024;

type Server = Pick<ToolContext, 'commands'>;

/** Answers each line of stdin by one on stdout; ends with the input. */
export function serveLines(server: Server, screen: Screen): Promise<void> {
  const underWay = new Map<MessageId, AbortController>();
  let rest = '';
  let isSkipping = false;
  const take = (line: string): void => {
    if (line.trim() !== '') void answerLine(line, { ...server, underWay, screen });
  };
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
    if (!isSkipping) sayError(screen, undefined, { code: RPC.noRequest, message: 'this line is too long' });
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
  readonly underWay: Map<MessageId, AbortController>;
  readonly screen: Screen;
}

async function answerLine(line: string, answering: Answering): Promise<void> {
  const { underWay, screen } = answering;
  const message = readMessage(line);
  switch (message.kind) {
    case 'request':
      return underWay.has(message.id)
        ? sayError(screen, message.id, { code: RPC.noRequest, message: 'a request with this id is under way' })
        : answerOne(message, answering);
    case 'invalid':
      return sayError(screen, message.id, message.error);
    case 'notification': {
      const { requestId } = message.params;
      if (message.method === 'notifications/cancelled' && isId(requestId)) underWay.get(requestId)?.abort();
      return;
    }
    case 'answer':
      return;
  }
}

async function answerOne(request: Request, { underWay, screen, commands }: Answering): Promise<void> {
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
  if (cancelling.signal.aborted) return;
  if (answer.ok) screen.data({ jsonrpc: '2.0', id, result: answer.value });
  else sayError(screen, id, answer.error);
}

function sayError(screen: Screen, id: MessageId | undefined, error: RpcError): void {
  screen.data({ jsonrpc: '2.0', ...(id !== undefined && { id }), error });
}
