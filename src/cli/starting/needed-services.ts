import { withDependencies } from '../../plan/with-dependencies.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { isUp, viewService } from '../service-view.ts';
import type { EndingSignals } from './ending-signals.ts';
import { exitCodeOfReport, type Starting, startAndTell, startedByUs } from './start-services.ts';
import { stopOurs } from './stop-ours.ts';

/** The services that something needs while it runs. */
export interface NeededServices {
  /** Starts those that do not run; resolves when all are ready, or else with the exit code for that. */
  ensure(names: readonly string[]): Promise<ExitCode>;
  /** Stops those that were started here, and only those. `done`: none of them is left. */
  stop(): Promise<ExitCode>;
}

/** One `ensure` goes after the other: what the first one starts, the second one finds. */
export function needServices(starting: Starting): NeededServices {
  const ours = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ensure(names) {
      const next = last.then(() => (names.length === 0 ? EXIT.done : start(names, ours, starting)));
      last = next;
      return next;
    },
    stop: () => stopOurs([...ours], { ...starting, ending: forStopping(starting.ending) }),
  };
}

async function start(names: readonly string[], ours: Set<string>, starting: Starting): Promise<ExitCode> {
  const { root, plan } = starting.context.checkout;
  const services = plan.services.filter(({ name }) => names.includes(name));
  const wereUp = withDependencies(
    plan,
    services.map(({ name }) => name),
  )
    .filter((service) => isUp(viewService(root, service)))
    .map(({ name }) => name);
  const command = { kind: 'start', names, mode: 'normal', port: null, timeoutMs: null, format: 'text' } as const;
  const started = await startAndTell(command, { services, ports: {} }, starting);
  if (started.kind === 'over') return started.code;
  for (const name of startedByUs(started.report)) if (!wereUp.includes(name)) ours.add(name);
  return exitCodeOfReport(started.report);
}

/** Whoever has not broken anything off yet needs to say only once that the stop takes too long. */
function forStopping(ending: EndingSignals): EndingSignals {
  return ending.isRaised() ? ending : { ...ending, second: ending.first };
}
