import type { StartReport, StartRequest } from '../../runtime/supervisor/control/protocol.ts';
import { ask } from '../screen/ask.ts';

type Answers = StartRequest['conflicts'];

/**
 * Asks what to do about each stranger whose port is wanted by a service with `onConflict: ask`; the report has already
 * told who it is. Empty when nothing is to be tried again.
 */
export async function askConflicts({ services }: StartReport): Promise<Answers> {
  const answers: Record<string, Answers[string]> = {};
  for (const { service, failure } of services) {
    if (failure?.reason !== 'port-conflict' || failure.policy !== 'ask') continue;
    const answer = await ask(
      `${service}: (f)all back to another port, (k)ill what has ${failure.port}, or give up? [f/k/G]`,
    );
    if (answer === 'f') answers[service] = 'fallback';
    if (answer === 'k') answers[service] = 'kill';
  }
  return answers;
}

/** The second report, in which what the first attempt started counts as started. */
export function mergeReports(first: StartReport, second: StartReport): StartReport {
  const before = new Map(first.services.map((started) => [started.service, started]));
  return {
    ...second,
    services: second.services.map((started) => {
      const earlier = before.get(started.service);
      return started.outcome === 'already-running' && earlier !== undefined && earlier.outcome !== 'failed'
        ? earlier
        : started;
    }),
  };
}
