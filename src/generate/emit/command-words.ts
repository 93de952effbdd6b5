/** One command of `./dev`, as far as shell completion needs to know it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  /** What its arguments are; of the kinds only `service`, `task` and `command` have words to offer. `null`: none. */
  readonly positional: { readonly kind: string } | null;
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  /** The long name, without dashes. */
  readonly name: string;
  /** One letter, without dash. */
  readonly short: string | null;
  /** How help calls its value; `null`: a flag. */
  readonly value: string | null;
  readonly summary: string;
}
