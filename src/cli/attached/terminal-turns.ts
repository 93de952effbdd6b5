import { systemClock } from '../../platform/clock.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { EndingSignals } from '../starting/ending-signals.ts';
import { TopSession } from '../top/top-session.ts';
import type { TopPlace } from '../top/top-state.ts';
import type { HeldOutput } from './held-output.ts';
import { type Keyboard, listenToKeys } from './keyboard.ts';
import { type KeyListener, loneKeys } from './lone-keys.ts';

export interface TurnsFacts {
  readonly context: CommandContext;
  /** All that the plain view prints. */
  readonly output: HeldOutput;
  readonly keys: KeyListener;
  /** What leaving the full screen does to services. */
  readonly quits: TopPlace['quits'];
  readonly ending: EndingSignals;
}

/** The plain view and the full screen take turns on the terminal; each has its own keys. */
export class TerminalTurns {
  readonly #facts: TurnsFacts;
  #keyboard: Keyboard | undefined;
  #top: TopSession | undefined;
  /** What the keys of a full screen began goes on after it. */
  #sessions: readonly TopSession[] = [];

  /** Only where `Screen.canAsk`. */
  constructor(facts: TurnsFacts) {
    this.#facts = facts;
  }

  /** Resolves when keys count. */
  async begin(): Promise<void> {
    this.#keyboard = listenToKeys(loneKeys(this.#facts.keys, systemClock));
    await this.#keyboard.ready;
  }

  showTop(): void {
    const { context, output, quits, ending } = this.#facts;
    this.#keyboard?.close();
    output.hold();
    const onLeave = (how: 'quit' | 'back'): void => {
      this.showPlain();
      if (how === 'quit') ending.raise('SIGINT');
    };
    this.#top = new TopSession(context, { onLeave }, { from: 'attached', quits });
    this.#sessions = [...this.#sessions, this.#top];
    this.#top.begin();
  }

  /** Nothing happens if the plain view has the terminal. */
  showPlain(): void {
    if (this.#top === undefined) return;
    this.#giveBack();
    void this.begin();
  }

  /** The terminal is as it was before. Resolves when what the full screen began is over. */
  async close(): Promise<void> {
    const { context, ending } = this.#facts;
    this.#giveBack();
    this.#keyboard?.close();
    for (const { actions } of this.#sessions) await actions.finish(context.screen, ending.second);
  }

  #giveBack(): void {
    const { output, context } = this.#facts;
    this.#top?.close();
    this.#top = undefined;
    output.release((count) =>
      context.screen.note(`${count} lines are left out; \`${context.words.program} logs\` has them`),
    );
  }
}
