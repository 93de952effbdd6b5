/** How the user calls the program, and what it offers. */
export interface Program {
  /** `./dev` or `devgen`, as hints name it. */
  readonly name: string;
  readonly sides: ReadonlySet<Side>;
}

/** `runtime`: the launcher has it; `generator`: only the `devgen` program. */
export type Side = 'runtime' | 'generator';

/** Its name is only asked for where something is said that has it in it, and once. */
export function programNamed(nameOf: () => string, sides: readonly Side[]): Program {
  let name: string | undefined;
  return {
    get name() {
      name ??= nameOf();
      return name;
    },
    sides: new Set(sides),
  };
}
