/** At most so many alerts about one subject, and in all, within a time. */
const LIMITS = { perSubject: 1, perSubjectMs: 30_000, inAll: 10, inAllMs: 60_000 };

/**
 * `always`: nothing follows on it, such as that a service was given up. `repeated`: it is asked for until it is sent,
 * and so it counts as held back at no time.
 */
export type Importance = 'usual' | 'repeated' | 'always';

/** Keeps a crash loop from becoming a flood. */
export class AlertGate {
  readonly #sent: { readonly subject: string; readonly atMs: number }[] = [];
  #heldBack = 0;

  /** Whether an alert may be sent now: how many were held back before it; `undefined`: it may not. */
  admit(subject: string, nowMs: number, importance: Importance): number | undefined {
    const recent = this.#sent.filter(({ atMs }) => nowMs - atMs < LIMITS.inAllMs);
    const ofSubject = recent.filter((each) => each.subject === subject && nowMs - each.atMs < LIMITS.perSubjectMs);
    const isFree = recent.length < LIMITS.inAll && ofSubject.length < LIMITS.perSubject;
    this.#sent.splice(0, this.#sent.length, ...recent);
    if (!isFree && importance !== 'always') {
      if (importance === 'usual') this.#heldBack += 1;
      return undefined;
    }
    this.#sent.push({ subject, atMs: nowMs });
    const heldBack = this.#heldBack;
    this.#heldBack = 0;
    return heldBack;
  }
}
