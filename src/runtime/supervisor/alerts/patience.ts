/** How long a hook may take, and how often it is tried. */
export interface Patience {
  readonly answerMs: number;
  /** Before each further try of what may be over soon. */
  readonly pausesMs: readonly number[];
  readonly commandMs: number;
}

export const PATIENCE = {
  alert: { answerMs: 5000, pausesMs: [1000, 5000], commandMs: 30_000 },
  /** A user waits for it. */
  test: { answerMs: 5000, pausesMs: [], commandMs: 10_000 },
} as const satisfies Record<string, Patience>;
