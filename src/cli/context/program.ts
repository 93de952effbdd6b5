/** How the user calls the program, and what it offers. */
export interface Program {
  /** `./dev` or `devgen`, as hints name it. */
  readonly name: string;
  readonly sides: ReadonlySet<Side>;
}

/** `runtime`: `./dev` has it; `generator`: only the `devgen` program. */
export type Side = 'runtime' | 'generator';
