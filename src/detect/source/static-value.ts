/** What is known of an expression without running it: a literal, an environment variable it reads, or both. */
export interface StaticValue {
  /** A number or a text; `null` when unknown. */
  readonly literal: string | number | null;
  /** The first environment variable that decides it, or `null`. */
  readonly variable: string | null;
}

export const UNKNOWN_VALUE: StaticValue = { literal: null, variable: null };

/** Whether anything is known of a value. */
export function isKnown({ literal, variable }: StaticValue): boolean {
  return literal !== null || variable !== null;
}

/** A value that is one of two: what the first does not say, the second may. */
export function either(first: StaticValue, second: StaticValue): StaticValue {
  return { literal: first.literal ?? second.literal, variable: first.variable ?? second.variable };
}

/** `left + right`: a sum of numbers, or texts joined. */
export function sumOf(left: StaticValue, right: StaticValue): StaticValue {
  if (left.literal === null || right.literal === null) return UNKNOWN_VALUE;
  const areNumbers = typeof left.literal === 'number' && typeof right.literal === 'number';
  const literal = areNumbers ? Number(left.literal) + Number(right.literal) : `${left.literal}${right.literal}`;
  return { literal, variable: left.variable ?? right.variable };
}
