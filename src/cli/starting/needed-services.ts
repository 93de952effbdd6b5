import { withDependencies } from '../../plan/with-dependencies.ts';
import { openLease } from '../../runtime/client/open-lease.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import type { EndingSignals } from './ending-signals.ts';
import { exitCodeOfReport, type Starting, startAndTell, startedByUs } from './start-services.ts';
import { stopOurs } from './stop-ours.ts';

/** The services that something needs while it runs. */
export interface NeededServices {
  /** Has a supervisor know of this command, so that what it leaves is ended should it be killed. */
  acquire(): Promise<void>;
  /** Starts those that do not run; resolves when all are ready, or else with the exit code for that. */
  ensure(names: readonly string[]): Promise<ExitCode>;
  /**
   * Stops those that were started for this or another task, unless one still needs them. `done`: none of them is left.
   */
  stop(): Promise<ExitCode>;
}

/**
 * One `ensure` goes after the other: what the first one starts, the second one finds. `title`: of what needs them, for
 * others; `names`: all that may be needed.
 */
export function needServices(
  title: string,
  names: readonly string[],
  starting: Omit<Starting, 'lease'>,
): NeededServices {
  const { checkout } = starting.context;
  const services = names.length === 0 ? [] : withDependencies(checkout.plan, names);
  const onDemand: string[] = [];
  const { lease, acquire, close } = openLease(checkout, {
    title,
    names: services.map(({ name }) => name),
    onDemand,
  });
  let last: Promise<unknown> | undefined;
  return {
    acquire,
    ensure(wanted) {
      if (wanted.length === 0) return Promise.resolve(EXIT.done);
      const next = (last ?? acquire()).then(() => start(wanted, onDemand, { ...starting, lease }));
      last = next;
      return next;
    },
    async stop() {
      const ending = forStopping(starting.ending);
      close(); // Else it would be asked for again when the supervisor does not answer.
      if (last === undefined) return EXIT.done;
      return stopOurs(onDemand, { ...starting, ending, lease });
    },
  };
}

async function start(names: readonly string[], onDemand: string[], starting: Starting): Promise<ExitCode> {
  const services = starting.context.checkout.plan.services.filter(({ name }) => names.includes(name));
  const command = {
    kind: 'start',
    names,
    mode: 'normal',
    port: null,
    timeoutMs: null,
    forMs: null,
    open: 'never',
  } as const;
  const started = await startAndTell(command, { services, ports: {} }, starting);
  if (started.kind === 'over') return started.code;
  onDemand.push(...startedByUs(started.report));
  return exitCodeOfReport(started.report);
}

/** The first Ctrl+C may come only now: then it already means that the stop takes too long. */
function forStopping(ending: EndingSignals): EndingSignals {
  return ending.isRaised() ? ending : { ...ending, second: ending.first };
}
