/** Gives what was read in this turn of the event loop. */
export interface TurnReader<Value> {
  (): Value;
  /** The next call reads anew, as after a process was spawned. */
  forget(): void;
}

/**
 * A reader whose answer is kept until the current turn of the event loop ends. For systems where a look at the
 * processes costs a child process: a signal sent in the same turn still rests on a check made in that turn, and ten
 * checks cost one look.
 */
export function perTick<Value>(read: () => Value): TurnReader<Value> {
  let kept: { readonly value: Value } | undefined;
  const forget = (): void => {
    kept = undefined;
  };
  const readOnce = (): Value => {
    if (kept === undefined) {
      kept = { value: read() };
      process.nextTick(forget);
    }
    return kept.value;
  };
  return Object.assign(readOnce, { forget });
}
