import { systemClock } from '../../platform/clock.ts';
import { watchPath } from '../../platform/watch-path.ts';
import { HeldUse } from '../../runtime/client/held-use.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { terminalUser } from '../caller/own-terminal.ts';
import type { CommandContext } from '../context/command-context.ts';
import { type FullScreen, openFullScreen } from '../screen/full-screen.ts';
import { ProjectNow } from '../ui/project-now.ts';
import { drawTop } from './draw-top.ts';
import { KeySource } from './key-source.ts';
import { listServices } from './list-services.ts';
import { stepTop } from './step-top.ts';
import { TopLogs } from './top-logs.ts';
import { beginTop, type TopEffect, type TopEvent, type TopPlace, type TopState } from './top-state.ts';

/** Who is dead, and who stands still, no file tells. */
const LOOK_EVERY_MS = 1000;
/** Several files change at each step of a service. */
const TOGETHER_MS = 25;
/** A flood is drawn no more often. */
const FRAME_MS = 50;

export interface TopFacts {
  readonly place: TopPlace;
  /** The user asks for a command; `tell` shows what comes of it. */
  onAct(words: readonly string[]): void;
  /** The user asks to leave, or to have the attached view back. */
  onLeave(how: 'quit' | 'back'): void;
}

/** The screen while it is shown: what happens changes its state, and its state is drawn. */
export class TopSession {
  readonly #project: ProjectNow;
  readonly #screen: FullScreen;
  readonly #logs: TopLogs;
  readonly #keys: KeySource;
  readonly #facts: TopFacts;
  readonly #use = new HeldUse(terminalUser);
  #ends: readonly (() => void)[] = [];
  #state: TopState;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #frame: NodeJS.Timeout | undefined;
  #look: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** Only where `Screen.canAsk`. */
  constructor(context: CommandContext, facts: TopFacts) {
    const { checkout, screen } = context;
    this.#facts = facts;
    this.#project = new ProjectNow(context);
    this.#logs = new TopLogs(checkout.root, screen, () => this.#drawSoon());
    this.#keys = new KeySource(systemClock, (key) => this.#take({ kind: 'pressed', key }));
    this.#screen = openFullScreen(screen, {
      onText: (text) => this.#keys.take(text),
      onResize: (size) => this.#take({ kind: 'resized', size }),
    });
    this.#state = beginTop(this.#screen.size, facts.place);
  }

  /** Shows what is now, and what happens from now on. */
  begin(): void {
    const { statuses } = pathsOf(this.#project.context.checkout.root);
    const soon = (): void => {
      this.#look ??= setTimeout(() => void this.#lookNow(), TOGETHER_MS);
    };
    const watch = watchPath(statuses, soon);
    const timer = setInterval(soon, LOOK_EVERY_MS);
    this.#ends = [() => watch.close(), () => clearInterval(timer)];
    this.#list();
  }

  /** Shows it until the next key; as a note once the screen is closed. */
  tell(message: string): void {
    const { screen } = this.#project.context;
    if (this.#isClosed) screen.note(message);
    else this.#take({ kind: 'told', message: screen.shown(message) });
  }

  /** Gives the terminal back as it was before; what the keys began goes on. */
  close(): void {
    this.#isClosed = true;
    this.#screen.close();
    this.#keys.close();
    this.#logs.close();
    this.#use.close();
    for (const end of this.#ends) end();
    clearTimeout(this.#frame);
    clearTimeout(this.#look);
  }

  async #lookNow(): Promise<void> {
    await this.#project.look();
    this.#look = undefined;
    if (this.#isClosed) return;
    this.#use.look(this.#project.context.checkout);
    this.#list();
  }

  #list(): void {
    const services = listServices(this.#project.context);
    this.#take({ kind: 'listed', services });
    this.#take({ kind: 'written', lines: this.#logs.follow(services.map(({ name }) => name)), as: 'known' });
  }

  #take(event: TopEvent): void {
    if (this.#isClosed) return;
    const { state, effect } = stepTop(this.#state, event);
    this.#state = state;
    this.#drawSoon();
    if (effect !== null) this.#perform(effect);
  }

  #perform(effect: TopEffect): void {
    switch (effect.kind) {
      case 'quit':
      case 'back':
        this.#facts.onLeave(effect.kind);
        break;
      case 'suspend':
        this.#screen.suspend();
        break;
      case 'do':
        this.#facts.onAct(effect.words);
        break;
    }
  }

  #drawSoon(): void {
    if (this.#isClosed) return;
    this.#frame ??= setTimeout(() => this.#draw(), Math.max(0, this.#drawnAt + FRAME_MS - performance.now()));
  }

  #draw(): void {
    this.#frame = undefined;
    this.#drawnAt = performance.now();
    this.#state = stepTop(this.#state, { kind: 'written', lines: this.#logs.take(), as: 'news' }).state;
    this.#screen.draw(drawTop(this.#state, this.#project.context.screen.paintOut));
  }
}
