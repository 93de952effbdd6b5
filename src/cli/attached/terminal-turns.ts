import { systemClock } from '../../platform/clock.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { EndingSignals } from '../starting/ending-signals.ts';
import { TopActions } from '../top/top-actions.ts';
import { TopSession } from '../top/top-session.ts';
import type { TopPlace } from '../top/top-state.ts';
import type { HeldOutput } from './held-output.ts';
import { type Keyboard, listenToKeys } from './keyboard.ts';
import { loneKeys } from './lone-keys.ts';
import { type Keys, keyPerformer } from './perform-key.ts';

export interface TurnsFacts {
  readonly context: CommandContext;
  readonly ending: EndingSignals;
  /** All that the plain view prints. */
  readonly output: HeldOutput;
  readonly keys: Omit<Keys, 'showTop'>;
  /** What leaving the full screen does to services. */
  readonly quits: TopPlace['quits'];
}

/** The plain view and the full screen take turns on the terminal; each has its own keys. */
export class TerminalTurns {
  readonly #facts: TurnsFacts;
  readonly #actions: TopActions;
  #keyboard: Keyboard | undefined;
  #top: TopSession | undefined;
  #isOver = false;

  /** Only where `Screen.canAsk`. */
  constructor(facts: TurnsFacts) {
    const { context, output, ending } = facts;
    this.#facts = facts;
    this.#actions = new TopActions(context.checkout, (message) => {
      if (this.#top === undefined) output.print('event', () => context.screen.note(message));
      else this.#top.tell(message);
    });
    void ending.first.then((signal) => {
      if (signal !== 'SIGINT') this.#actions.close();
    });
  }

  /** Resolves when keys count. */
  async begin(): Promise<void> {
    const { keys, context } = this.#facts;
    const performer = keyPerformer({ ...keys, showTop: () => this.#showTop() }, context);
    this.#keyboard = listenToKeys(loneKeys(performer, systemClock));
    await this.#keyboard.ready;
  }

  /** The plain view has the terminal from now on, with keys for what its end still waits for. */
  end(): void {
    this.#isOver = true;
    this.#showPlain();
  }

  /** The terminal is as it was before. Resolves when what the full screen began is over. */
  async close(): Promise<void> {
    const { context, ending } = this.#facts;
    this.#giveBack();
    this.#keyboard?.close();
    await this.#actions.finish(context.screen, ending.isRaised() ? ending.second : ending.first);
  }

  #showTop(): void {
    if (this.#isOver) return;
    const { context, output, quits, ending } = this.#facts;
    this.#keyboard?.close();
    output.hold();
    this.#top = new TopSession(context, {
      place: { from: 'attached', quits },
      onAct: (words) => this.#actions.begin(words),
      onLeave: (how) => {
        this.#showPlain();
        if (how === 'quit') ending.raise('SIGINT');
      },
    });
    this.#top.begin();
  }

  #showPlain(): void {
    if (this.#top === undefined) return;
    this.#giveBack();
    void this.begin();
  }

  #giveBack(): void {
    const { output, context } = this.#facts;
    const { screen, words } = context;
    this.#top?.close();
    this.#top = undefined;
    output.release((count) => screen.note(`${count} lines are left out; \`${words.program} logs\` has them`));
  }
}
