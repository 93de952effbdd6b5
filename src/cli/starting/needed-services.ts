import { withDependencies } from '../../plan/with-dependencies.ts';
import { ownIdentity } from '../../platform/process-identity.ts';
import { acquireLease } from '../../runtime/client/client.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import type { EndingSignals } from './ending-signals.ts';
import { exitCodeOfReport, type Starting, startAndTell, startedByUs } from './start-services.ts';
import { stopOurs } from './stop-ours.ts';

/** The services that something needs while it runs. */
export interface NeededServices {
  /** Starts those that do not run; resolves when all are ready, or else with the exit code for that. */
  ensure(names: readonly string[]): Promise<ExitCode>;
  /**
   * Stops those that were started for this or another task, unless one still needs them. `done`: none of them is left.
   */
  stop(): Promise<ExitCode>;
}

/**
 * One `ensure` goes after the other: what the first one starts, the second one finds. `names`: all that may be needed.
 */
export function needServices(names: readonly string[], starting: Omit<Starting, 'lease'>): NeededServices {
  const { checkout } = starting.context;
  const services = names.length === 0 ? [] : withDependencies(checkout.plan, names);
  const onDemand: string[] = [];
  const lease = {
    id: crypto.randomUUID(),
    holder: ownIdentity(),
    names: services.map(({ name }) => name),
    onDemand,
  };
  const over = new AbortController();
  let last: Promise<unknown> | undefined;
  return {
    ensure(wanted) {
      if (wanted.length === 0) return Promise.resolve(EXIT.done);
      last ??= acquireLease(checkout, lease, over.signal);
      const next = last.then(() => start(wanted, onDemand, { ...starting, lease }));
      last = next;
      return next;
    },
    async stop() {
      if (last === undefined) return EXIT.done;
      const ending = forStopping(starting.ending);
      over.abort(); // Else it would be asked for again when the supervisor does not answer.
      return stopOurs(onDemand, { ...starting, ending, lease });
    },
  };
}

async function start(names: readonly string[], onDemand: string[], starting: Starting): Promise<ExitCode> {
  const services = starting.context.checkout.plan.services.filter(({ name }) => names.includes(name));
  const command = { kind: 'start', names, mode: 'normal', port: null, timeoutMs: null } as const;
  const started = await startAndTell(command, { services, ports: {} }, starting);
  if (started.kind === 'over') return started.code;
  onDemand.push(...startedByUs(started.report));
  return exitCodeOfReport(started.report);
}

/** The first Ctrl+C may come only now: then it already means that the stop takes too long. */
function forStopping(ending: EndingSignals): EndingSignals {
  return ending.isRaised() ? ending : { ...ending, second: ending.first };
}
