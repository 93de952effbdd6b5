import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { GeneratorCommand } from './arguments/generator-command.ts';
import { asksForHelp, type Program, parseArgv } from './arguments/parse-argv.ts';
import { findCommandSpec } from './command-table.ts';
import { showHelp } from './commands/help.ts';
import { showVersion } from './commands/version.ts';
import { wordsOf } from './context/create-context.ts';
import { VERSION } from './context/version.ts';
import { findGenerated } from './generator/find-generated.ts';
import { complain } from './output/complain.ts';
import { EXIT, type ExitCode } from './output/exit-code.ts';
import { reportBug } from './output/report-bug.ts';
import { runGenerator } from './run-generator.ts';
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

const screen = openScreen(process.env, () => process.exit(EXIT.done));
try {
  process.exit(await answer(process.argv.slice(2), screen));
} catch (cause) {
  process.exit(reportBug(cause, screen));
}

async function answer(argv: readonly string[], screen: Screen): Promise<ExitCode> {
  if (!isOwn(argv)) return delegate(argv, screen);
  const command = parseArgv(argv, { services: [], tasks: [] }, PROGRAM);
  if (!command.ok) return complain(screen, command.error);
  switch (command.value.kind) {
    case 'help':
      return showHelp(command.value, PROGRAM, screen);
    case 'version':
      return showVersion(screen);
    case 'init':
    case 'generate':
    case 'upgrade':
    case 'uninstall':
    case 'eject':
    case 'restore':
    case 'detect':
      return generate(command.value, screen);
    case 'ps':
      return (await import('./commands/ps.ts')).showRuns(command.value.format, screen, wordsOf(PROGRAM));
    case 'check':
      return generate({ kind: 'generate', edited: 'kept', writing: 'checked' }, screen);
    default:
      throw new Error(`\`${command.value.kind}\` belongs to the runtime`);
  }
}

function generate(command: GeneratorCommand, screen: Screen): Promise<ExitCode> {
  const directory = realpathSync(process.cwd());
  return runGenerator(command, { directory, installation, screen, version: VERSION });
}

/** Whether the words can be understood without a project. */
function isOwn(argv: readonly string[]): boolean {
  const [first = ''] = argv;
  if (first === 'help' || first === '--version' || first === '-V') return true;
  // The runtime only knows what was written, the generator also what would be.
  if (first === 'check' || first === 'ps') return true;
  const spec = findCommandSpec(first);
  return spec?.side === 'generator' || (asksForHelp(argv) && (spec !== undefined || first.startsWith('-')));
}

/** Hands over to the runtime in the project's repository, or to our own where none was generated yet. */
async function delegate(argv: readonly string[], screen: Screen): Promise<ExitCode> {
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

async function findRoot([verb]: readonly string[]): Promise<Result<string, readonly Diagnostic[]>> {
  const { findConfig } = await import('../config/find-config.ts');
  const found = await findConfig(process.cwd());
  // What is wrong with the config is for the doctor to tell, with all the rest.
  const generated = found.ok || verb !== 'doctor' ? undefined : findGenerated(process.cwd());
  if (generated?.ok) return ok(realpathSync(generated.value));
  return found.ok ? ok(realpathSync(found.value.root)) : err(found.error);
}
