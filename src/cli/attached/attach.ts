import { foldProbes, type ProbeFold } from '../../runtime/logs/fold-probes.ts';
import { followLogs } from '../../runtime/logs/follow-logs.ts';
import type { LogLine } from '../../runtime/logs/merge-logs.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';
import { logFormatter } from '../logs/log-format.ts';
import { logSources } from '../logs/log-sources.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { terminalColumns } from '../screen/terminal-columns.ts';
import { REPLACED } from '../sentences/describe-client-failure.ts';
import { type EndingSignal, exitCodeOf } from '../starting/ending-signals.ts';
import type { Starting } from '../starting/start-services.ts';
import { stopOurs } from '../starting/stop-ours.ts';
import { isUp, viewService } from '../status/service-view.ts';
import { followLife, type LifeEnd } from './follow-life.ts';
import { HeldOutput } from './held-output.ts';
import { keyHint } from './key-bindings.ts';
import { TerminalTurns } from './terminal-turns.ts';

export interface Attachment {
  /** Names of the services to watch. */
  readonly shown: readonly string[];
  /** Those of them that this command started, and so stops. */
  readonly ours: readonly string[];
  /** Where in each log the lines to show begin. */
  readonly from: ReadonlyMap<string, number>;
}

const PROBED = "← devgen's health probe; the next ones are not shown";

type Leaving = EndingSignal | LifeEnd | 'detached';

/**
 * Shows live logs and events and obeys keys, until the person leaves, or hangs up, or everything is stopped elsewhere.
 */
export async function attach(attachment: Attachment, starting: Starting): Promise<ExitCode> {
  const { ending, progress, context } = starting;
  const { screen } = context;
  const { shown } = attachment;
  const logs = new AbortController();
  const events = new AbortController();
  const fold = foldProbes(context.checkout.plan.services, Date.now);
  const output = new HeldOutput();
  const following = showLogs(attachment, starting, { signal: logs.signal, fold, output });
  let detach: () => void = () => undefined;
  const detached = new Promise<'detached'>((resolve) => {
    detach = () => resolve('detached');
  });
  const hint = keyHint(shown, attachment.ours, context.words.program);
  const keys = { shown, hint, detach, stop: () => ending.raise('SIGINT') };
  const quits = attachment.ours.length === 0 ? 'leave' : 'stop';
  const turns = screen.canAsk ? new TerminalTurns({ context, output, keys, quits, ending }) : undefined;
  try {
    await turns?.begin();
    if (screen.canAsk) screen.note(screen.paintNote('dim', hint));
    const onEvent = (event: RuntimeEvent): void => output.print('event', () => progress.show(event));
    const life = followLife({ shown, signal: events.signal, onEvent, onProbe: fold.probed }, context);
    const how = await Promise.race([detached, ending.first, life]);
    events.abort();
    turns?.end();
    return await leave(how, attachment, starting);
  } finally {
    await turns?.close();
    logs.abort();
    await following;
  }
}

async function leave(how: Leaving, { ours, shown }: Attachment, starting: Starting): Promise<ExitCode> {
  const { screen, words } = starting.context;
  switch (how) {
    case 'replaced':
      screen.note(`${REPLACED}; \`${words.program}\` comes back with the new one`);
      tellLeft(shown, starting);
      return EXIT.done;
    case 'detached':
      tellLeft(shown, starting);
      return EXIT.done;
    case 'aborted':
    case 'all-down':
      screen.note('everything is stopped');
      return EXIT.done;
    default: {
      const stopped = await stopOurs(ours, starting);
      if (stopped !== EXIT.done) return stopped;
      tellLeft(
        shown.filter((name) => !ours.includes(name)),
        starting,
      );
      // Ctrl+C is how one leaves, not a failure: make and shells stay quiet.
      return how === 'SIGINT' ? EXIT.done : exitCodeOf(how);
    }
  }
}

function tellLeft(names: readonly string[], { context: { checkout, screen, words } }: Starting): void {
  const left = checkout.plan.services.filter(
    (service) => names.includes(service.name) && isUp(viewService(checkout.root, service)),
  );
  if (left.length === 0) return;
  screen.note(`left running: ${left.map(({ name }) => name).join(', ')}; \`${words.program} stop\` stops them`);
}

interface LogView {
  readonly signal: AbortSignal;
  readonly fold: ProbeFold;
  readonly output: HeldOutput;
}

function showLogs(
  { shown, from }: Attachment,
  { context }: Starting,
  { signal, fold, output }: LogView,
): Promise<void> {
  const { checkout, screen } = context;
  const { services } = checkout.plan;
  const format = logFormatter({
    all: services.map(({ name }) => name),
    shown,
    timestamps: 'hidden',
    paint: screen.paintOut,
    length: 'whole',
    columns: () => terminalColumns(screen),
  });
  const sources = logSources(
    checkout.root,
    services.filter(({ name }) => shown.includes(name)),
  );
  const onLine = (line: LogLine): void => {
    const fate = fold.fateOf(line);
    if (fate === 'folded') return;
    const note = fate === 'noted' ? ` ${screen.paintOut('dim', PROBED)}` : '';
    output.print('line', () => screen.unmasked.out(format({ ...line, text: line.text + note })));
  };
  return followLogs(sources, { from, signal, now: Date.now, onLine });
}
