import { freeFromStranger } from '../../runtime/ports/free-stranger.ts';
import { inspectPort } from '../../runtime/ports/inspect-port.ts';
import { describeHolders } from '../../runtime/sentences/describe-holder.ts';
import type { PortHolder } from '../../runtime/state/lifecycle.ts';
import type { Confirmation } from '../arguments/confirmation.ts';
import type { CommandContext } from '../context/command-context.ts';
import { ownProcesses } from '../context/own-processes.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { ask } from '../screen/ask.ts';
import type { Screen } from '../screen/screen.ts';
import { describePortState } from '../sentences/describe-port-state.ts';

export interface KillPortCommand {
  readonly kind: 'kill-port';
  readonly port: number;
  readonly confirm: Confirmation;
}

const GRACE_MS = 10_000;

/** Ends the stranger that listens on a port, and only it; what belongs to a project is stopped there instead. */
export async function killPort({ port, confirm }: KillPortCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const state = await inspectPort(port, ownProcesses(checkout.root));
  const isStrangers = state.kind === 'held' && state.holders.every(({ relation }) => relation.kind === 'stranger');
  if (!isStrangers) {
    const isFree = state.kind === 'free';
    answer({ port, outcome: isFree ? 'free' : 'refused', holders: state.kind === 'held' ? state.holders : [] }, screen);
    (isFree ? screen.out : screen.note)(...describePortState(port, state, words));
    return isFree ? EXIT.done : EXIT.failed;
  }
  const holders = describeHolders(state.holders, words);
  if (confirm === 'asked') {
    if (!screen.canAsk) return complain(screen, [unconfirmed(port, holders)]);
    if (!/^y(es)?$/.test(await ask(`End ${holders}? [y/N]`))) return EXIT.failed;
  }
  return end(port, state.holders, context);
}

async function end(port: number, holders: readonly PortHolder[], context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const ended = describeHolders(holders, words);
  const freed = await freeFromStranger(port, holders, { graceMs: GRACE_MS, context: ownProcesses(checkout.root) });
  answer({ port, outcome: freed.ok ? 'ended' : 'left', holders: freed.ok ? holders : freed.error }, screen);
  if (freed.ok) {
    screen.out(`ended ${ended}; port ${port} is free`);
    return EXIT.done;
  }
  screen.note(`port ${port} is still taken by ${describeHolders(freed.error, words)}`);
  return EXIT.failed;
}

interface Answer {
  readonly port: number;
  /** `left`: it could not be ended. */
  readonly outcome: 'free' | 'refused' | 'ended' | 'left';
  readonly holders: readonly PortHolder[];
}

function answer(document: Answer, screen: Screen): void {
  if (screen.answers === 'json') printJson<'kill-port'>(screen, { ...document });
}

function unconfirmed(port: number, holders: string) {
  return {
    code: 'usage/unconfirmed',
    message: `port ${port} is taken by ${holders}, and there is no terminal to ask whether to end it`,
    hint: `\`kill-port ${port} --yes\` does not ask.`,
  };
}
