import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { expandShorthand, needsProjectNames } from './arguments/expand-shorthand.ts';
import { formatAskedFor } from './arguments/output-format.ts';
import { asksForHelp, parseArgv } from './arguments/parse-argv.ts';
import { COMMAND_TABLE, findRow } from './command-table.ts';
import type { Program } from './context/program.ts';
import { VERSION } from './context/version.ts';
import { findGenerated } from './generator/find-generated.ts';
import { complain } from './output/complain.ts';
import { EXIT } from './output/exit-code.ts';
import { reportBug } from './output/report-bug.ts';
import { type NamedRow, sideOf } from './rows/row.ts';
import { openScreen, type Screen } from './screen/screen.ts';

/*
 * The `devgen` program: the generator, and in front of every project's runtime a way to reach it from any folder.
 * Built to `dist/cli.js`, beside `dist/runtime/` and `templates/`.
 */

const PROGRAM: Program = { name: 'devgen', sides: new Set(['runtime', 'generator']) };
const installation = {
  runtimeDirectory: join(import.meta.dirname, 'runtime'),
  templates: join(import.meta.dirname, '..', 'templates'),
};

const argv = process.argv.slice(2);
const screen = openScreen(process.env, formatAskedFor(argv), () => process.exit(EXIT.done));
try {
  process.exit(await answer(argv, screen));
} catch (cause) {
  process.exit(reportBug(cause, screen));
}

async function answer(argv: readonly string[], screen: Screen): Promise<number> {
  if (!isOwn(argv)) return delegate(argv, screen);
  const prepared = parseArgv(argv, { services: [], tasks: [] }, PROGRAM);
  if (!prepared.ok) return complain(screen, prepared.error);
  const command = prepared.value;
  if (command.needs === 'program') return command.run({ program: PROGRAM, screen, commands: COMMAND_TABLE });
  const run = command.needs === 'package' ? command.run : command.runInPackage;
  if (run === undefined) throw new Error('a command of the runtime was not handed over to it');
  const commands = COMMAND_TABLE.filter((row) => sideOf(row) === 'runtime');
  return run({ directory: realpathSync(process.cwd()), installation, screen, commands, version: VERSION });
}

/** Whether the words can be understood without a project, or mean something else to the generator. */
function isOwn(argv: readonly string[]): boolean {
  const row = ownRow(argv);
  if (row === undefined) return false;
  return row.needs === 'program' || row.needs === 'package' || row.hasPackageForm(argv.slice(1)) || asksForHelp(argv);
}

/** Of the command that `argv` means to any project. */
function ownRow(argv: readonly string[]): NamedRow | undefined {
  const expanded = needsProjectNames(argv) ? undefined : expandShorthand(argv, { services: [], tasks: [] });
  return expanded?.kind === 'command' ? findRow(expanded.name) : undefined;
}

/** Hands over to the runtime in the project's repository, or to our own where none was generated yet. */
async function delegate(argv: readonly string[], screen: Screen): Promise<number> {
  const root = await findRoot(argv);
  if (!root.ok) return complain(screen, root.error);
  const front = join(root.value, '.devgen', 'runtime', 'front.cjs');
  if (existsSync(front)) {
    process.argv[1] = front;
    createRequire(import.meta.url)(front);
    // The front ends the process.
    return new Promise<never>(() => undefined);
  }
  const { main } = await import('./main.ts');
  return main({ argv, root: root.value, runtimeDirectory: installation.runtimeDirectory, program: PROGRAM });
}

async function findRoot(argv: readonly string[]): Promise<Result<string, readonly Diagnostic[]>> {
  const { findConfig } = await import('../config/find-config.ts');
  const found = await findConfig(process.cwd());
  if (found.ok) return ok(realpathSync(found.value.root));
  const root = await rootWithoutConfig(ownRow(argv));
  return root === undefined ? err(found.error) : ok(realpathSync(root));
}

/** What is wrong with the config is told by the commands that need none; what runs can be seen and stopped anyway. */
async function rootWithoutConfig(row: NamedRow | undefined): Promise<string | undefined> {
  const generated = findGenerated(process.cwd());
  if (row?.needs === 'root' && generated.ok) return generated.value;
  if (row?.lastPlan !== 'enough') return undefined;
  return (await import('./generator/find-running.ts')).findRunning(process.cwd());
}
