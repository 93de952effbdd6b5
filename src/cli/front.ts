import { join } from 'node:path';
import { programIn } from '../manifest/launcher.ts';
import { readCachedPlan } from '../plan/plan-cache.ts';
import { isReadyToStart } from '../runtime/setup/is-set-up.ts';
import { stateOutside } from '../runtime/state/state-outside.ts';
import { type Expanded, expandShorthand } from './arguments/expand-shorthand.ts';
import { formatAskedFor } from './arguments/output-format.ts';
import { isPlainStatus, showStatus } from './commands/status.ts';
import type { StopCommand } from './commands/stop.ts';
import { showVersion } from './commands/version.ts';
import type { CommandContext } from './context/command-context.ts';
import { createContext } from './context/create-context.ts';
import { namesOf } from './context/names-of.ts';
import { programNamed } from './context/program.ts';
import { endWith } from './output/end-with.ts';
import { EXIT, type ExitCode } from './output/exit-code.ts';
import { parseForFront } from './rows/front-rows.ts';
import { openScreen } from './screen/screen.ts';
import type { StartCommand, UpCommand } from './starting/start-request.ts';
import { staysAttached } from './starting/stays-attached.ts';

/*
 * The entry of the runtime that lies in a repository, built to one small CommonJS file: what is plain and beyond doubt
 * is answered from here within milliseconds; everything else, every mistake included, is for `main.ts`.
 */

const runtimeDirectory = import.meta.dirname;
const root = join(runtimeDirectory, '..', '..');
const invocation = {
  argv: process.argv.slice(2),
  root,
  runtimeDirectory,
  program: programNamed(() => programIn(root), ['runtime']),
};

answer().then(endWith, reportAndEnd);

async function answer(): Promise<ExitCode> {
  const plan = stateOutside(invocation.root) === undefined ? readCachedPlan(invocation.root) : undefined;
  const expanded = plan && expandShorthand(invocation.argv, namesOf(plan));
  const screen = openScreen(process.env, formatAskedFor(invocation.argv), () => process.exit(EXIT.done));
  const answered = plan && expanded && (await answerQuickly(expanded, createContext(invocation, plan, screen)));
  return answered ?? (await import('./main.ts')).main({ ...invocation, known: plan && expanded && { plan, expanded } });
}

/** The exit code; `undefined`: it is for `main.ts`. */
async function answerQuickly(expanded: Expanded, context: CommandContext): Promise<ExitCode | undefined> {
  const command = parseForFront(expanded);
  switch (command?.kind) {
    case 'version':
      return showVersion(context.screen);
    case 'status':
      return isPlainStatus(command) ? showStatus(command, context) : undefined;
    case 'up':
      return staysAttached(command, context.screen) ? undefined : start(command, context);
    case 'start':
    case 'restart':
      return start(command, context);
    case 'stop':
    case 'kill':
      return stop(command, context);
    case 'stop-in-worktrees':
    case 'foreground':
    case undefined:
      return undefined;
  }
}

async function start(command: StartCommand | UpCommand, context: CommandContext): Promise<ExitCode | undefined> {
  const { root, plan } = context.checkout;
  if (command.setup === 'when-stale' && !isReadyToStart(root, plan)) return undefined;
  process.on('uncaughtException', reportAndEnd);
  return (await import('./run-start.ts')).runStart(command, context);
}

async function stop(command: StopCommand, context: CommandContext): Promise<ExitCode> {
  process.on('uncaughtException', reportAndEnd);
  return (await import('./run-start.ts')).runStop(command, context);
}

async function reportAndEnd(cause: unknown): Promise<never> {
  try {
    return (await import('./main.ts')).endWithBug(cause);
  } catch {
    // Our own files are damaged, and the sentences with them.
    console.error(cause);
    console.error('error: .devgen/runtime/main.cjs cannot be run; `npx devgen generate` writes it again.');
    process.exit(EXIT.failed);
  }
}
