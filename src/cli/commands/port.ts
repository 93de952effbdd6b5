import { inspectPort } from '../../runtime/ports/inspect-port.ts';
import type { CommandContext } from '../context/command-context.ts';
import { ownProcesses } from '../context/own-processes.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { describePortState } from '../sentences/describe-port-state.ts';

export interface PortCommand {
  readonly kind: 'port';
  readonly port: number;
}

/** Tells who holds a port and how they relate to this project. Changes nothing. */
export async function showPort({ port }: PortCommand, context: CommandContext): Promise<ExitCode> {
  const { checkout, screen, words } = context;
  const state = await inspectPort(port, ownProcesses(checkout.root));
  if (screen.answers === 'json') {
    printJson<'port'>(screen, { port, state: state.kind, holders: state.kind === 'held' ? state.holders : [] });
  } else {
    screen.out(...describePortState(port, state, words));
  }
  return EXIT.done;
}
