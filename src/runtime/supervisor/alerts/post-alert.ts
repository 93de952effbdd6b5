import { errorCode } from '../../../platform/error-code.ts';
import type { Alert } from './alert.ts';
import type { Delivery } from './deliver-alert.ts';
import type { Hook } from './resolve-hooks.ts';

/** Source: RFC 9110, section 15; RFC 6585, section 4 */
const [REQUEST_TIMEOUT, TOO_MANY_REQUESTS, SERVER_ERROR] = [408, 429, 500];

/** Of a request that is never sent. Source: undici, docs/docs/api/Errors.md */
const REFUSALS: readonly string[] = ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'];

type Webhook = Extract<Hook, { readonly kind: 'webhook' }>;

type Posting = Pick<Delivery, 'clock' | 'patience' | 'signal'>;

/**
 * Posts an alert; the problem, `null` for none. What may be over soon (no connection, a server's error, too many
 * requests) is tried again.
 */
export async function postAlert(alert: Alert, webhook: Webhook, posting: Posting): Promise<string | null> {
  const { clock, patience, signal } = posting;
  let attempt = await post(alert, webhook, posting);
  for (const pauseMs of patience.pausesMs) {
    if (attempt.outcome !== 'try-again') break;
    await clock.delay(pauseMs, signal);
    attempt = await post(alert, webhook, posting);
  }
  return attempt.problem;
}

interface Attempt {
  readonly outcome: 'over' | 'try-again';
  readonly problem: string | null;
}

async function post(alert: Alert, { url, headers }: Webhook, { patience, signal }: Posting): Promise<Attempt> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(alert),
      // Followed, it would hand the headers to another server, and the alert to none: POST becomes GET.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(patience.answerMs), signal]),
    });
    await response.body?.cancel(); // Unread, it would keep the connection.
    if (response.ok) return { outcome: 'over', problem: null };
    const { status } = response;
    if (response.headers.has('location')) {
      return { outcome: 'over', problem: `answered ${status}, which leads elsewhere` };
    }
    const isPassing = status >= SERVER_ERROR || status === REQUEST_TIMEOUT || status === TOO_MANY_REQUESTS;
    return { outcome: isPassing ? 'try-again' : 'over', problem: `answered ${status}` };
  } catch (thrown) {
    return failedAttempt(thrown, patience.answerMs);
  }
}

/** What the system says of a connection has a code; what `fetch` itself refuses, such as a port, has none. */
function failedAttempt(thrown: unknown, limitMs: number): Attempt {
  if (!(thrown instanceof Error)) throw thrown;
  if (thrown.name === 'AbortError') return { outcome: 'over', problem: 'was broken off' };
  if (thrown.name === 'TimeoutError') {
    return { outcome: 'try-again', problem: `did not answer within ${limitMs / 1000} s` };
  }
  const code = errorCode(thrown.cause);
  if (code !== undefined && !REFUSALS.includes(code)) {
    return { outcome: 'try-again', problem: `cannot be reached (${code})` };
  }
  const because = thrown.cause instanceof Error ? thrown.cause.message : thrown.message;
  return { outcome: 'over', problem: `cannot be asked (${because})` };
}
