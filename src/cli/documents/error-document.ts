import { integer, listOf, nullable, object, optional, type ShapeOf, text } from '../../base/shape.ts';

const fault = object({
  /** Stable, such as `config/unknown-key`. */
  code: text,
  message: text,
  hint: nullable(text),
  /** Lines and columns count from 1. */
  place: nullable(object({ file: text, line: nullable(integer), column: nullable(integer) })),
});

/** `error` is the first one; `errors`, where there are several, all of them. */
const errorFields = { error: fault, errors: optional(listOf(fault)) };

/** In a document that has more to say, and errors only where something is wrong. */
export const optionalErrorFields = { error: optional(fault), errors: optional(listOf(fault)) };

/** What every command prints in place of its own document when it has none. */
export const errorDocument = object(errorFields);

export type ErrorAnswer = ShapeOf<typeof errorDocument>;
