import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import type { HeldSocket } from '../../../platform/held-socket.ts';
import type { ProbeTarget } from '../../health/probe.ts';
import type { ImageFacts } from '../../health/probe-image.ts';
import { searchOutput } from '../../logs/search-output.ts';
import type { RunRecord } from '../../state/run-record.ts';

export interface ProbeSubject {
  readonly record: RunRecord;
  /** Of the service, for health commands. */
  readonly environment: CommandEnvironment;
  /** On which the run was seen to listen. */
  readonly sockets?: readonly HeldSocket[];
}

/** Where it is asked; `image`: of the container behind the port. */
export interface ProbedPlace {
  readonly port: number | null;
  readonly addresses: readonly string[];
  readonly image?: ImageFacts | null;
}

/** What a probe of this run asks. */
export function probeTargetOf(subject: ProbeSubject, at: ProbedPlace, signal: AbortSignal): ProbeTarget {
  const { record } = subject;
  return {
    url: at.port === null ? record.url : urlWithPort(record.url, at.port),
    port: at.port,
    addresses: at.addresses,
    image: at.image ?? null,
    signal,
    cwd: record.cwd,
    get environment() {
      return subject.environment;
    },
    outputMatches: (pattern) => searchOutput(record.log, record.logOffset, pattern)(),
  };
}

function urlWithPort(url: string | null, port: number): string {
  const whole = new URL(url ?? 'http://localhost');
  whole.port = String(port);
  return whole.href.replace(/\/$/, '');
}
