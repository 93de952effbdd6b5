import type { Diagnostic } from '../base/diagnostic.ts';
import { ok, type Result } from '../base/result.ts';
import { loadPlan } from '../plan/load-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { readLastPlan } from '../plan/plan-cache.ts';
import type { Command } from './arguments/command.ts';
import { type KnownNames, needsProjectNames } from './arguments/expand-shorthand.ts';
import type { Program } from './arguments/parse-argv.ts';
import { parseQuickly } from './arguments/parse-quickly.ts';
import { findCommandSpec } from './command-table.ts';
import { showHelp } from './commands/help.ts';
import { showVersion } from './commands/version.ts';
import { createContext, wordsOf } from './context/create-context.ts';
import { namesOf } from './context/names-of.ts';
import { complain } from './output/complain.ts';
import { endWith } from './output/end-with.ts';
import { EXIT } from './output/exit-code.ts';
import { reportBug } from './output/report-bug.ts';
import { type ProjectCommand, runCommand } from './run-command.ts';
import { openScreen, type Screen } from './screen/screen.ts';
import { describeDiagnostics, describeWarnings } from './sentences/describe-diagnostics.ts';

/** Where and how the runtime was called. */
export interface Invocation {
  readonly argv: readonly string[];
  /** The project's root, absolute. */
  readonly root: string;
  /** Where the supervisor lies, absolute. */
  readonly runtimeDirectory: string;
  readonly program: Program;
}

/** Does what `argv` asks for and ends the process with the command's exit code. Never returns. */
export async function main(invocation: Invocation): Promise<never> {
  // Whoever reads us through a pipe and leaves (`./dev logs | head`) has what they wanted.
  const screen = openScreen(process.env, () => process.exit(EXIT.done));
  process.on('uncaughtException', endWithBug);
  try {
    return endWith(await answer(invocation, screen));
  } catch (cause) {
    return endWithBug(cause);
  }
}

/** The one end of everything that should not have happened. */
export function endWithBug(cause: unknown): never {
  const screen = openScreen(process.env, () => process.exit(EXIT.internal));
  process.exit(reportBug(cause, screen));
}

/** What runs must be seen and stopped, whatever happened to the config. */
const LAST_PLAN_WILL_DO = /^(?:.+-)?(?:stop|kill|status|health|logs)$|^(?:port|kill-port|nuke)$/;

const NO_NAMES: KnownNames = { services: [], tasks: [] };

async function answer(invocation: Invocation, screen: Screen): Promise<number> {
  const { argv, root, program } = invocation;
  const load = lazily(async () => {
    const loaded = await loadPlan(root, {
      onWarnings: (warnings) => screen.note(...describeWarnings(warnings, screen.paintNote)),
    });
    const last = loaded.ok || !LAST_PLAN_WILL_DO.test(argv[0] ?? '') ? undefined : readLastPlan(root);
    if (loaded.ok || last === undefined) return loaded;
    screen.note(...describeDiagnostics(loaded.error, screen.paintNote), 'going by the configuration as it was before');
    return ok(last);
  });
  const names = needsProjectNames(argv) ? await load() : ok(null);
  if (!names.ok) return complain(screen, names.error);
  const command = await parse(argv, names.value === null ? NO_NAMES : namesOf(names.value), program);
  if (!command.ok) return complain(screen, command.error);
  if (command.value.kind === 'help') return showHelp(command.value, program, screen);
  if (command.value.kind === 'version') return showVersion(screen);
  if (command.value.kind === 'check') return (await import('./commands/check.ts')).runCheck(root, screen);
  if (command.value.kind === 'doctor') {
    return (await import('./commands/doctor.ts')).runDoctor(command.value, invocation, screen);
  }
  if (command.value.kind === 'ps') {
    return (await import('./commands/ps.ts')).showRuns(command.value.format, screen, wordsOf(program));
  }
  if (isOfGenerator(command.value)) return complain(screen, [elsewhere(command.value.kind, argv)]);
  const plan = await load();
  if (!plan.ok) return complain(screen, plan.error);
  return runCommand(command.value, createContext(invocation, plan.value, screen));
}

/** What is plain needs no yargs, which takes longer to load than most commands to run. */
async function parse(
  argv: readonly string[],
  names: KnownNames,
  program: Program,
): Promise<Result<Command, readonly Diagnostic[]>> {
  const command = parseQuickly(argv, names);
  if (command !== undefined) return ok(command);
  return (await import('./arguments/parse-argv.ts')).parseArgv(argv, names, program);
}

function isOfGenerator(command: Command): command is Exclude<Command, ProjectCommand> {
  return findCommandSpec(command.kind)?.side === 'generator';
}

/** The vendored runtime does not carry the generator. */
function elsewhere(verb: string, argv: readonly string[]): Diagnostic {
  return {
    code: 'usage/generator',
    message: `\`${verb}\` belongs to the generator, which is not in this repository`,
    hint: `Run \`npx devgen ${argv.join(' ')}\`.`,
  };
}

type LoadedPlan = Result<Plan, readonly Diagnostic[]>;

function lazily(load: () => Promise<LoadedPlan>): () => Promise<LoadedPlan> {
  let loading: Promise<LoadedPlan> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
