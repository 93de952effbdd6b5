import type { ServicePlan } from '../../plan/plan.ts';
import { withDependencies } from '../../plan/with-dependencies.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';
import type { CommandOutcome } from '../../platform/run-command.ts';
import { shellExitCode } from '../../platform/shell-exit-code.ts';
import { tellRoot } from '../../runtime/client/client.ts';
import { followCommand } from '../../runtime/containers/follow-command.ts';
import { endedHow } from '../../runtime/sentences/describe-exit.ts';
import type { RunRecord } from '../../runtime/state/run-record.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';
import type { ForegroundCommand } from '../arguments/foreground-command.ts';
import type { CommandContext } from '../context/command-context.ts';
import { beginRun, type ForegroundRun } from '../foreground/begin-run.ts';
import { runHere } from '../foreground/run-here.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { exitCodeOf } from '../starting/ending-signals.ts';
import { createProgress, type Progress } from '../starting/progress.ts';
import { startTarget } from '../starting/start-request.ts';
import { stopOurs } from '../starting/stop-ours.ts';
import { listenBesideTerminal, type TerminalSignals } from '../starting/terminal-signals.ts';
import { isUp, viewService } from '../status/service-view.ts';

/**
 * Runs one service on this terminal until it ends, with everything else as a start would have it. What it depends on is
 * started first and, if this command did that, stopped again. The exit code is the service's own.
 */
export async function runForeground(command: ForegroundCommand, context: CommandContext): Promise<number> {
  const { checkout, screen, words } = context;
  const target = startTarget({ kind: 'up', names: [command.name], port: command.port }, checkout.plan);
  if (!target.ok) return complain(screen, target.error);
  const [service, ...others] = target.value.services;
  if (service === undefined) throw new Error('a target without a service');
  if (others.length > 0) return complain(screen, [severalInstances(command.name, `${words.program} ${service.name}`)]);
  const { pid } = viewService(checkout.root, service);
  if (pid !== null && command.mode === 'normal') {
    complain(screen, [runsAlready(service.name, pid, words.program)]);
    return EXIT.failed;
  }
  const needed = withDependencies(checkout.plan, [service.name]).filter((each) => each !== service);
  const ours = needed.filter((each) => !isUp(viewService(checkout.root, each))).map(({ name }) => name);
  const signals = listenBesideTerminal();
  try {
    const progress = progressWithout(service, createProgress(context, 'stderr'));
    const code = await run(service, { command, ports: target.value.ports, context, signals, progress });
    const brokenOff = signals.ending.isRaised() ? exitCodeOf(await signals.ending.first) : null;
    const stopped = await stopOurs(ours, { context, progress, ending: signals.ending });
    return brokenOff ?? (code || stopped);
  } finally {
    signals.ending.close();
  }
}

interface Session {
  readonly command: ForegroundCommand;
  readonly ports: Readonly<Record<string, number>>;
  readonly context: CommandContext;
  readonly signals: TerminalSignals;
  readonly progress: Progress;
}

async function run(service: ServicePlan, session: Session): Promise<number> {
  const { context, signals, progress } = session;
  const begun = await beginRun(service, { ...session, mode: session.command.mode });
  if (begun.kind === 'failed') return begun.code;
  const { record } = begun;
  const where = record.url === null ? '' : `, ${record.url}`;
  context.screen.note(`${service.name}: on this terminal${where}; Ctrl+C goes to it`);
  const outcome = await signals.besideTerminal(() => execute(service, record, session));
  const stopped = await endRun(begun, outcome, progress);
  if (outcome.ended !== 'not-started') return shellExitCode(outcome) || stopped;
  const failure = { reason: 'spawn-failed', code: 'ENOENT', message: outcome.output } as const;
  progress.show({ at: new Date().toISOString(), service: service.name, kind: 'failed', failure });
  return EXIT.failed;
}

/** What goes before the service and, if that is well, the service. */
async function execute(service: ServicePlan, record: RunRecord, session: Session): Promise<CommandOutcome> {
  const { checkout, screen } = session.context;
  const execution = { checkout, signal: session.signals.aborted };
  if (service.before !== null) {
    const outcome = await runHere({ ...service, command: service.before }, record, execution);
    if (outcome.ended !== 'by-itself' || outcome.code !== 0) {
      screen.note(`${service.name}: not started: \`${service.before}\` ${endedHow('ended', outcome)}`);
      return { ...outcome, code: outcome.signal === null ? EXIT.failed : null };
    }
  }
  const unwanted = new AbortController();
  const onStart = async (root: ProcessIdentity): Promise<void> => {
    // A stop may have come before the process was there; it is ended as if the stop had come after.
    if (!(await tellRoot(checkout, { run: record.id, root }))) unwanted.abort();
  };
  const signal = AbortSignal.any([execution.signal, unwanted.signal]);
  // A container runs with its engine: what it writes is what there is to have on a terminal.
  const command = record.container?.state === 'up' ? followCommand(record.container) : service.command;
  return runHere({ ...service, command }, record, { checkout, signal, onStart: (root) => void onStart(root) });
}

/** Ends what is left of the run; one that another command has started meanwhile is left alone. */
async function endRun(
  begun: Extract<ForegroundRun, { kind: 'begun' }>,
  { code, signal }: CommandOutcome,
  progress: Progress,
): Promise<ExitCode> {
  const stopped = await begun.end({ code, signal });
  if (stopped === null || stopped.outcome !== 'failed' || stopped.failure === null) return EXIT.done;
  const { service, failure } = stopped;
  progress.show({ at: new Date().toISOString(), service, kind: 'failed', failure });
  return EXIT.failed;
}

const OF_INTEREST: ReadonlySet<RuntimeEvent['kind']> = new Set(['port-fallback', 'port-freed', 'waiting', 'failed']);

/** The service itself speaks on the terminal; of its run only what came before is told. */
function progressWithout({ name }: ServicePlan, progress: Progress): Progress {
  return {
    ...progress,
    show(event) {
      if (event.service !== name || OF_INTEREST.has(event.kind)) progress.show(event);
    },
  };
}

function severalInstances(name: string, instead: string) {
  return {
    code: 'usage/several-instances',
    message: `\`${name}\` has several instances, and a terminal has room for one`,
    hint: `Name one: \`${instead} --fg\`.`,
  };
}

function runsAlready(name: string, pid: number, program: string) {
  return {
    code: 'runtime/already-running',
    message: `\`${name}\` runs already (pid ${pid})`,
    hint: `\`${program} ${name} --fg --force\` stops it first.`,
  };
}
