/**
 * A reader whose answer is kept until the current turn of the event loop ends. For systems where a look at the
 * processes costs a child process: a signal sent in the same turn still rests on a check made in that turn, and ten
 * checks cost one look.
 */
export function perTick<Value>(read: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => {
    if (kept === undefined) {
      kept = { value: read() };
      process.nextTick(() => {
        kept = undefined;
      });
    }
    return kept.value;
  };
}
