import type { CommandName } from '../../base/commands.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { ok, type Result } from '../../base/result.ts';
import type { OptionSpec } from '../arguments/option-table.ts';
import type { Taken } from '../arguments/option-values.ts';
import type { RawCommand } from '../arguments/raw-command.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { GeneratorContext } from '../context/generator-context.ts';
import type { Side } from '../context/program.ts';
import type { ProgramContext } from '../context/program-context.ts';
import type { RootContext } from '../context/root-context.ts';
import { parseRow } from './parse-row.ts';
import type { PositionalSpec } from './positionals.ts';

/** What of a command help, the parsers and shell completion need. */
export interface CommandText {
  readonly positional: PositionalSpec | null;
  readonly options: readonly OptionSpec[];
  /** One line, lower case, without a full stop. */
  readonly summary: string;
  readonly effect: Effect;
}

/**
 * `reads`: nothing is other than before. `changes`: services start or stop, files are written that can be had again.
 * `destroys`: other processes end, or files are gone for good.
 */
export type Effect = 'reads' | 'changes' | 'destroys';

/** What a command works with, by what it needs. */
interface Contexts {
  /** The plan: the config must make sense. */
  readonly project: CommandContext;
  /** Only the folder that the project lies in. */
  readonly root: RootContext;
  /** Nothing but the program itself. */
  readonly program: ProgramContext;
  /** The installed package: the vendored runtime does not have the command. */
  readonly package: GeneratorContext;
}

export type Need = keyof Contexts;

/** All that there is to say about a command, as its row says it. */
interface RowSource<Needed extends Need, Command> extends CommandText {
  readonly needs: Needed;
  /** `enough`: what runs must be seen and stopped although the config is broken now. */
  readonly lastPlan?: 'enough';
  /** The word behind the command's name without which `devgen` does the same as `./dev`; left out: it never does. */
  readonly packageWord?: string;
  /** The command with its values checked, as far as that is possible without the plan. */
  parse(raw: RawCommand, take: Take): Command;
  /** Loads the command's module and gives the exit code: a task's may be any. */
  run(command: Command, context: Contexts[Needed]): Promise<number>;
  /** What `devgen` does instead, where the generator is at hand. */
  runInPackage?(command: Command, context: GeneratorContext): Promise<number>;
}

/**
 * The value that was read from the command line; what is wrong with it is collected, and `otherwise` stands in for it.
 */
export type Take = <Value>(taken: Taken<Value>, otherwise: Value) => Value;

/** A row as programs see it: the command's own type stays inside. */
export interface RowOf<Needed extends Need> extends CommandText {
  readonly needs: Needed;
  readonly lastPlan: 'enough' | 'none';
  /** Whether `devgen` does something else with these words behind the command's name. */
  hasPackageForm(words: readonly string[]): boolean;
  prepare(raw: RawCommand): Result<PreparedOf<Needed>, readonly Diagnostic[]>;
}

export type CommandRow = { readonly [Needed in Need]: RowOf<Needed> }[Need];

/** A command with its arguments checked, ready to run. */
export interface PreparedOf<Needed extends Need> {
  readonly needs: Needed;
  readonly command: object;
  run(context: Contexts[Needed]): Promise<number>;
  /** `undefined`: `devgen` does the same as `./dev`. */
  readonly runInPackage: ((context: GeneratorContext) => Promise<number>) | undefined;
}

export type Prepared = { readonly [Needed in Need]: PreparedOf<Needed> }[Need];

export type NamedText = CommandText & { readonly name: CommandName };

export type NamedRow = CommandRow & NamedText;

export function sideOf({ needs }: CommandRow): Side {
  return needs === 'package' ? 'generator' : 'runtime';
}

export function row<Needed extends Need, Command extends object>(source: RowSource<Needed, Command>): RowOf<Needed> {
  const { positional, options, summary, effect, needs, lastPlan = 'none', packageWord, runInPackage } = source;
  return {
    ...{ positional, options, summary, effect, needs, lastPlan },
    hasPackageForm: (words) => runInPackage !== undefined && (packageWord === undefined || words.includes(packageWord)),
    prepare(raw) {
      const parsed = parseRow(source, raw);
      if (!parsed.ok) return parsed;
      const command = parsed.value;
      return ok({
        needs,
        command,
        run: (context) => source.run(command, context),
        runInPackage: runInPackage && ((context) => runInPackage(command, context)),
      });
    },
  };
}
