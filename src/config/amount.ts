import * as z from 'zod/mini';

/** A number, a duration or a size that the config writes with variables: how much it is, only their values tell. */
export class AmountExpression {
  /** As it is written: `${MONITOR_INTERVAL:-30s}`. */
  readonly text: string;
  /** Completes "must be …". */
  readonly expected: string;
  /** The amount that the text is once its variables have values; `undefined`: it is none. */
  readonly read: (text: string) => number | undefined;

  constructor(text: string, { expected, read }: Pick<AmountExpression, 'expected' | 'read'>) {
    this.text = text;
    this.expected = expected;
    this.read = read;
  }
}

/** What is left of a value once every expression in it has become an amount. */
export type WithAmounts<Value> = Value extends AmountExpression
  ? never
  : Value extends object
    ? { readonly [Key in keyof Value]: WithAmounts<Value[Key]> }
    : Value;

interface AmountOptions {
  readonly error: string;
  /** What a text stands for; a number, where texts are none. */
  readonly read?: (text: string) => unknown;
}

/** An amount as it is, or a text with a `$`. */
export function amountSchema<Input>(
  amount: z.ZodMiniType<number, Input>,
  { error, read = (text) => text }: AmountOptions,
) {
  const meaning = { expected: error, read: (text: string) => z.safeParse(amount, read(text.trim())).data };
  const expression = z.pipe(
    z.string({ error }).check(z.regex(/\$/, { error })),
    z.transform((text) => new AmountExpression(text, meaning)),
  );
  return z.union([amount, expression], { error });
}
