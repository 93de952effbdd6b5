import { paneOf } from './draw-top.ts';
import { topmostIndex } from './log-rows.ts';
import type { TopKey } from './read-keys.ts';
import { bottomIndex, isSought, shownLines, type TopEffect, type TopState } from './top-state.ts';

export interface Pressed {
  readonly state: TopState;
  readonly effect: TopEffect | null;
}

const WHEEL_LINES = 3;

/** What a key makes of the screen, and what it asks for. */
export function pressKey(before: TopState, key: TopKey): Pressed {
  const state = { ...before, message: '' };
  if (key.name === 'ctrl-c') return { state, effect: { kind: 'quit' } };
  if (key.name === 'ctrl-z') return { state, effect: { kind: 'suspend' } };
  if (state.mode === 'searching') return shown(typeSearch(state, key));
  if (state.mode === 'help') return shown({ ...state, mode: 'browsing' });
  return browse(state, key.name);
}

function shown(state: TopState): Pressed {
  return { state, effect: null };
}

function browse(state: TopState, name: string): Pressed {
  switch (name) {
    case 'q':
      return { state, effect: { kind: 'quit' } };
    case 't':
      return { state, effect: state.place.from === 'attached' ? { kind: 'back' } : null };
    case 'r':
      return act(state, 'restart');
    case 's':
      return act(state, isUp(state) ? 'stop' : 'start');
    case 'x':
      return act(state, 'kill');
    case 'o':
      return act(state, 'open');
    default:
      return shown(look(state, name));
  }
}

/** Nothing is done to all services by one key, which may have been meant for another window. */
function act(state: TopState, command: string): Pressed {
  const { chosen } = state;
  if (chosen === null) return shown({ ...state, message: 'choose a service first: j, k or its number' });
  return { state, effect: { kind: 'do', words: [command, chosen] } };
}

function isUp({ services, chosen }: TopState): boolean {
  return services.some(({ name, isUp }) => name === chosen && isUp);
}

function look(state: TopState, name: string): TopState {
  const step = STEPS[name];
  if (step !== undefined) return state.focus === 'log' ? scroll(state, step) : chooseBeside(state, step);
  if (/^\d$/.test(name)) return chooseAt(state, Number(name));
  switch (name) {
    case 'enter':
      return { ...state, focus: state.focus === 'log' ? 'list' : 'log' };
    case 'escape':
      return { ...state, focus: 'list', sought: '', found: null };
    case 'f':
      return { ...state, bottom: state.bottom === null ? lastNumber(state) : null };
    case 'e':
      return { ...state, only: state.only === 'all' ? 'errors' : 'all' };
    case 'w':
      return { ...state, wrap: state.wrap === 'cut' ? 'wrapped' : 'cut' };
    case '/':
      return { ...state, mode: 'searching', sought: '', found: null };
    case '?':
      return { ...state, mode: 'help' };
    case 'n':
      return find(state, 'above');
    case 'N':
      return find(state, 'below');
    case 'wheel-up':
      return scroll(state, -WHEEL_LINES);
    case 'wheel-down':
      return scroll(state, WHEEL_LINES);
    case 'page-up':
      return scroll(state, -Math.max(1, paneOf(state).rows - 1));
    case 'page-down':
      return scroll(state, Math.max(1, paneOf(state).rows - 1));
    case 'g':
    case 'home':
      return scroll(state, Number.NEGATIVE_INFINITY);
    case 'G':
    case 'end':
      return { ...state, bottom: null, found: null };
    default:
      return state;
  }
}

const STEPS: Readonly<Record<string, number>> = { j: 1, down: 1, k: -1, up: -1 };

function chooseBeside(state: TopState, step: number): TopState {
  const now = 1 + state.services.findIndex(({ name }) => name === state.chosen);
  return chooseAt(state, Math.max(0, Math.min(state.services.length, now + step)));
}

/** 0: all of them. */
function chooseAt(state: TopState, position: number): TopState {
  if (position > state.services.length) return state;
  const chosen = position === 0 ? null : (state.services[position - 1]?.name ?? null);
  const news = chosen === null ? [] : [...state.news].filter((name) => name !== chosen);
  return { ...state, chosen, bottom: null, found: null, news: new Set(news) };
}

/** At the end it follows again. */
function scroll(state: TopState, by: number): TopState {
  const lines = shownLines(state);
  const topmost = topmostIndex(lines, state, paneOf(state));
  const index = Math.max(topmost, bottomIndex(lines, state) + by);
  return { ...state, found: null, bottom: index >= lines.length - 1 ? null : (lines[index]?.number ?? null) };
}

function lastNumber(state: TopState): number | null {
  return shownLines(state).at(-1)?.number ?? null;
}

function typeSearch(state: TopState, { name, text }: TopKey): TopState {
  switch (name) {
    case 'enter':
      return find({ ...state, mode: 'browsing' }, 'above');
    case 'escape':
      return { ...state, mode: 'browsing', sought: '' };
    case 'backspace':
      return { ...state, sought: [...state.sought].slice(0, -1).join('') };
    default:
      return { ...state, sought: state.sought + text };
  }
}

/** The nearest line that has it becomes the last one shown, or as low as it can be. */
function find(state: TopState, way: 'above' | 'below'): TopState {
  const { sought, found } = state;
  if (sought === '') return state;
  const lines = shownLines(state);
  const at = found === null ? bottomIndex(lines, state) + 1 : lines.findIndex(({ number }) => number >= found);
  const others = way === 'above' ? lines.slice(0, Math.max(0, at)).toReversed() : lines.slice(at + 1);
  const next = others.find((line) => isSought(line, sought));
  if (next === undefined) return { ...state, message: `nothing ${way} has it` };
  const index = Math.max(topmostIndex(lines, state, paneOf(state)), lines.indexOf(next));
  return { ...state, found: next.number, bottom: lines[index]?.number ?? null };
}
