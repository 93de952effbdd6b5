import { endProcesses } from '../../runtime/client/shutdown/end-processes.ts';
import { type FoundProcess, openSurvey } from '../../runtime/client/shutdown/survey.ts';
import { inspectPort } from '../../runtime/ports/inspect-port.ts';
import type { PortState } from '../../runtime/ports/port-facts.ts';
import type { Confirmation } from '../arguments/confirmation.ts';
import type { CommandContext } from '../context/command-context.ts';
import { ownProcesses } from '../context/own-processes.ts';
import type { DocumentOf } from '../documents/documents.ts';
import { complain, errorsToJson } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { countDown } from '../screen/count-down.ts';
import { describePortState } from '../sentences/describe-port-state.ts';
import { countProcesses, describeProcesses } from '../sentences/describe-shutdown.ts';
import { exitCodeOf } from '../starting/ending-signals.ts';

export interface NukeCommand {
  readonly kind: 'nuke';
  /** `asked`: with a countdown that any key cancels. */
  readonly confirm: Confirmation;
  /** Programs to end by name, too; `null`: none. */
  readonly named: { readonly name: string; readonly where: 'project' | 'everywhere' } | null;
}

type Told = DocumentOf<'nuke'>;

const SECONDS = 3;

/**
 * Ends all processes of this checkout and all holders of its ports, after it has listed them and given time to cancel.
 */
export async function runNuke({ named, confirm }: NukeCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const survey = openSurvey(checkout, named);
  const found = survey.look();
  const listed = found.filter(({ exemption }) => exemption === null);
  const leftAlone = found.filter(({ exemption }) => exemption !== null);
  const tell = (title: string, processes: readonly FoundProcess[], to = screen.out): void => {
    if (processes.length > 0) to(title, ...describeProcesses(processes, words));
  };
  const answer = (code: ExitCode, outcome: Told['outcome'], more: Partial<Told> = {}): ExitCode => {
    if (screen.answers === 'json')
      printJson<'nuke'>(screen, { outcome, listed: listed.map(toJson), leftAlone: leftAlone.map(toJson), ...more });
    return code;
  };
  tell(`${countProcesses(listed.length)} to end:`, listed);
  tell('left alone:', leftAlone);
  if (listed.length > 0 && confirm === 'asked') {
    if (!screen.canAsk && screen.answers === 'text') return complain(screen, [UNCONFIRMED]);
    if (!screen.canAsk) return answer(EXIT.usage, 'unconfirmed', errorsToJson([UNCONFIRMED]));
    const sentence = (left: number) => `ending ${countProcesses(listed.length)} in ${left} s; any key cancels`;
    const how = await countDown(SECONDS, sentence, screen);
    if (how !== 'over') screen.note('cancelled; nothing was ended');
    if (how !== 'over') return answer(how === 'key' ? EXIT.failed : exitCodeOf(how), 'cancelled');
  }
  const { ended, left } = await endProcesses(checkout, survey, listed);
  const ports = await look(survey.ports, checkout.root);
  const held = ports.filter(({ state }) => state.kind === 'held');
  const isShown = ({ entry }: FoundProcess): boolean => listed.some((each) => each.entry.pid === entry.pid);
  screen.out(ended.length === 0 ? 'nothing was there to end' : `ended ${countProcesses(ended.length)}`);
  tell(
    'found only meanwhile:',
    ended.filter((each) => !isShown(each)),
  );
  tell('still there, after SIGKILL too:', left, screen.note);
  if (left.length > 0) screen.note(STUCK);
  screen.note(...held.flatMap(({ port, state }) => describePortState(port, state, words)));
  const isDone = left.length === 0 && held.length === 0;
  return answer(isDone ? EXIT.done : EXIT.failed, isDone ? 'ended' : 'incomplete', {
    ended: ended.map(toJson),
    left: left.map(toJson),
    ports: ports.map(({ port, state }) => ({ port, state: state.kind })),
  });
}

/** One after the other: each look binds the port for a moment. */
async function look(ports: Iterable<number>, root: string) {
  const found: { readonly port: number; readonly state: PortState }[] = [];
  for (const port of ports) found.push({ port, state: await inspectPort(port, ownProcesses(root)) });
  return found;
}

function toJson({ entry: { pid }, ...rest }: FoundProcess): Told['listed'][number] {
  return { pid, ...rest };
}

const UNCONFIRMED = {
  code: 'usage/unconfirmed',
  message: 'there is no terminal to cancel the countdown on, so nothing was ended',
  hint: '`nuke --yes` ends all of this at once.',
};

const STUCK = '  hint: What `ps` shows as D sleeps in the kernel; what comes again is started by another process.';
