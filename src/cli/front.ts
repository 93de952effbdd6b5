import { join } from 'node:path';
import { readCachedPlan } from '../plan/plan-cache.ts';
import type { Command, RestartCommand, StartCommand, StatusCommand, UpCommand } from './arguments/command.ts';
import { parseQuickly } from './arguments/parse-quickly.ts';
import { isPlainStatus, showStatus } from './commands/status.ts';
import { createContext } from './context/create-context.ts';
import { namesOf } from './context/names-of.ts';
import { endWith } from './output/end-with.ts';
import { EXIT, type ExitCode } from './output/exit-code.ts';
import { openScreen } from './screen/screen.ts';
import { staysAttached } from './starting/stays-attached.ts';

/*
 * The entry of the runtime that lies in a repository, built to one small CommonJS file: what is plain and beyond doubt is
 * answered from here within milliseconds; everything else, every mistake included, is for `main.ts`.
 */

type QuickCommand = StatusCommand | StartCommand | RestartCommand | UpCommand;

const runtimeDirectory = import.meta.dirname;
const invocation = {
  argv: process.argv.slice(2),
  root: join(runtimeDirectory, '..', '..'),
  runtimeDirectory,
  program: { name: './dev', sides: new Set(['runtime'] as const) },
};

answer().then(endWith, reportAndEnd);

async function answer(): Promise<ExitCode> {
  const plan = readCachedPlan(invocation.root);
  const command = plan && parseQuickly(invocation.argv, namesOf(plan));
  const screen = openScreen(process.env, () => process.exit(EXIT.done));
  if (plan === undefined || command === undefined || !isQuick(command) || staysAttached(command, screen)) {
    return (await import('./main.ts')).main(invocation);
  }
  const context = createContext(invocation, plan, screen);
  if (command.kind === 'status') return showStatus(command, context);
  process.on('uncaughtException', reportAndEnd);
  return (await import('./run-start.ts')).runStart(command, context);
}

function isQuick(command: Command): command is QuickCommand {
  if (command.kind === 'status') return isPlainStatus(command);
  return ['start', 'restart', 'up'].includes(command.kind);
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
