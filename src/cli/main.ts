import { commandMeantBy } from '../base/commands.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { ok, type Result } from '../base/result.ts';
import { loadPlan } from '../plan/load-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { stateOutside } from '../runtime/state/state-outside.ts';
import { type Expanded, expandShorthand, type KnownNames, needsProjectNames } from './arguments/expand-shorthand.ts';
import { formatAskedFor } from './arguments/output-format.ts';
import { parseQuickly } from './arguments/parse-quickly.ts';
import { COMMAND_TABLE, findRow } from './command-table.ts';
import { createContext } from './context/create-context.ts';
import { namesOf } from './context/names-of.ts';
import type { Program } from './context/program.ts';
import { complain } from './output/complain.ts';
import { endWith } from './output/end-with.ts';
import { EXIT } from './output/exit-code.ts';
import { reportBug } from './output/report-bug.ts';
import { openScreen, type Screen } from './screen/screen.ts';
import { describeDiagnostics, describeWarnings } from './sentences/describe-diagnostics.ts';
import { describeLinkedState } from './sentences/describe-misplaced.ts';

/** Where and how the runtime was called. */
export interface Invocation {
  readonly argv: readonly string[];
  /** The project's root, absolute. */
  readonly root: string;
  /** Where the supervisor lies, absolute. */
  readonly runtimeDirectory: string;
  readonly program: Program;
  /** What the front has found out before it handed over. */
  readonly known?: { readonly plan: Plan; readonly expanded: Expanded } | undefined;
}

/** Does what `argv` asks for and ends the process with the command's exit code. Never returns. */
export async function main(invocation: Invocation): Promise<never> {
  // A reader that closes the pipe (`./dev logs | head`) has what it wanted.
  const screen = openScreen(process.env, formatAskedFor(invocation.argv), () => process.exit(EXIT.done));
  process.on('uncaughtException', endWithBug);
  try {
    return endWith(await answer(invocation, screen));
  } catch (cause) {
    return endWithBug(cause);
  }
}

/** Where every bug of ours ends: prints it and ends the process. */
export function endWithBug(cause: unknown): never {
  const asked = formatAskedFor(process.argv.slice(2));
  const screen = openScreen(process.env, asked, () => process.exit(EXIT.internal));
  process.exit(reportBug(cause, screen));
}

async function answer(invocation: Invocation, screen: Screen): Promise<number> {
  const { argv, program } = invocation;
  const load = lazily(() => plan(invocation, screen));
  const names = needsProjectNames(argv) ? await load() : ok(null);
  if (!names.ok) return complain(screen, names.error);
  const prepared = await parse(invocation, names.value === null ? NO_NAMES : namesOf(names.value));
  if (!prepared.ok) return complain(screen, prepared.error);
  const command = prepared.value;
  const outside = ['root', 'project'].includes(command.needs) ? stateOutside(invocation.root) : undefined;
  if (outside !== undefined) {
    complain(screen, [describeLinkedState(outside)]);
    return EXIT.failed;
  }
  switch (command.needs) {
    case 'program':
      return command.run({ program, screen, commands: COMMAND_TABLE });
    case 'root':
      return command.run({ ...invocation, screen });
    case 'package':
      return complain(screen, [elsewhere(argv)]);
    case 'project': {
      const loaded = await load();
      if (!loaded.ok) return complain(screen, loaded.error);
      return command.run(createContext(invocation, loaded.value, screen));
    }
  }
}

const NO_NAMES: KnownNames = { services: [], tasks: [] };

/** What is plain needs no yargs, which takes longer to load than most commands to run. */
async function parse({ argv, program, known }: Invocation, names: KnownNames) {
  const quick = parseQuickly(known?.expanded ?? expandShorthand(argv, names));
  return quick === undefined ? (await import('./arguments/parse-argv.ts')).parseArgv(argv, names, program) : ok(quick);
}

/** The plan of the config as it is; where that makes none, the last one if that is enough for the command. */
async function plan({ argv, root, known: found }: Invocation, screen: Screen): Promise<LoadedPlan> {
  if (found !== undefined) return ok(found.plan);
  const onWarnings = (warnings: readonly Diagnostic[]) => screen.note(...describeWarnings(warnings, screen.paintNote));
  const loaded = await loadPlan(root, { onWarnings });
  const name = commandMeantBy(argv[0] ?? '');
  if (loaded.ok || name === undefined || findRow(name).lastPlan === 'none') return loaded;
  const { planOfRuns } = await import('./context/plan-of-runs.ts');
  const known = planOfRuns(root);
  if (known === undefined) return loaded;
  const isGone = loaded.error.every(({ code }) => code === 'config/not-found');
  if (isGone) screen.note('there is no devgen config here any more: going by what it was, and by what runs');
  else
    screen.note(...describeDiagnostics(loaded.error, screen.paintNote), 'going by the configuration as it was before');
  return ok(known);
}

/** The vendored runtime does not carry the generator. */
function elsewhere(argv: readonly string[]): Diagnostic {
  return {
    code: 'usage/generator',
    message: `\`${argv[0]}\` belongs to the generator, which is not in this repository`,
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
