import type { Ecosystem, ServerProgram } from './server-program.ts';

/** A script of a package.json. */
export interface PackageScript {
  readonly directory: string;
  readonly name: string;
}

/** How a developer would start exactly one program: a script, or the program call itself. */
export interface CommandCall {
  readonly cwd: string;
  /** What is typed in `cwd`. */
  readonly text: string;
  /**
   * The package.json script that `text` runs, for appending arguments in the package manager's way; `null`: `text` is
   * the call.
   */
  readonly script: PackageScript | null;
  /** Whether words put behind `text` reach the program as its own arguments. */
  readonly takesArguments: boolean;
  /** Where this is written. */
  readonly file: string;
  readonly line: number | null;
}

/** A program that a command line really starts, after scripts, wrappers and parallel runners are taken apart. */
export interface Launch {
  /**
   * `server`: a known dev server; `file`: an interpreter running a file that must be looked into; `build-tool`: a
   * language's
   * own "run this project"; `other`: anything else (tests, builds, containers, ourselves).
   */
  readonly role: 'server' | 'worker' | 'production' | 'file' | 'project' | 'other';
  readonly ecosystem: Ecosystem;
  readonly program: ServerProgram | null;
  /** The program and its arguments, wrappers taken off, argv[0] as a bare name. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The shell files that are read before it, as commands: `. ./environment.sh`. */
  readonly sourced: readonly string[];
  /** Where the program runs. */
  readonly cwd: string;
  /** Repository-relative path of the file it runs, for `file`. */
  readonly entry: string | null;
  /** The name that a parallel runner or a Procfile gives it. */
  readonly label: string | null;
  /** Set for a branch of a parallel runner that nothing is known of: as it is written. */
  readonly unknownBranch?: string;
  /** The innermost way to start just this program. */
  readonly invocation: CommandCall;
  /** What the developer types: the outermost script that starts nothing but this program. */
  readonly outer: CommandCall;
}

/** The launch of a program that the tables know. */
export interface ProgramLaunch extends Launch {
  readonly program: ServerProgram;
}
