/** What is known of an expression without running it: a literal, an environment variable it reads, or both. */
export interface StaticValue {
  /** A number or a text; `null` when unknown. */
  readonly literal: string | number | null;
  /** The first environment variable that decides it, or `null`. */
  readonly variable: string | null;
}
