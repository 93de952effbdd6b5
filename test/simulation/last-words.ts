/** What the user asked for last of each service: a later request is what is wanted. */
export class LastWords {
  #asked = 0;
  /** When a start and a stop of each were asked for, in the order of all requests; a stop once it was answered. */
  readonly #starts = new Map<string, number>();
  readonly #stops = new Map<string, number>();

  /** A start is asked for; again when the supervisor died over it. */
  noteStart(services: readonly string[]): void {
    this.#asked += 1;
    for (const service of services) this.#starts.set(service, this.#asked);
  }

  /** A stop is asked for; gives what is to be called when it is answered, which tells what has to be down then. */
  beginStop(services: readonly string[]): () => readonly string[] {
    this.#asked += 1;
    const begun = this.#asked;
    return () => {
      for (const service of services) this.#stops.set(service, begun);
      return services.filter((service) => this.isStop(service));
    };
  }

  isStop(service: string): boolean {
    return (this.#stops.get(service) ?? 0) > (this.#starts.get(service) ?? 0);
  }
}
