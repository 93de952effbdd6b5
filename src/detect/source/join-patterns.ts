/** A long pattern from pieces that follow one another; each piece is a pattern of its own. */
export function sequence(pieces: readonly RegExp[], flags = ''): RegExp {
  return new RegExp(pieces.map(({ source }) => source).join(''), flags);
}

/** A pattern that fits what any of the pieces fits. */
export function alternatives(pieces: readonly RegExp[], flags = ''): RegExp {
  return new RegExp(pieces.map(({ source }) => `(?:${source})`).join('|'), flags);
}
