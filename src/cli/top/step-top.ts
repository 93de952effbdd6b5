import { type Pressed, pressKey } from './press-key.ts';
import { type TopEvent, type TopState, takeLines } from './top-state.ts';

/** What an event makes of the screen, and what it asks for. */
export function stepTop(state: TopState, event: TopEvent): Pressed {
  switch (event.kind) {
    case 'pressed':
      return pressKey(state, event.key);
    case 'resized':
      return { state: { ...state, size: event.size }, effect: null };
    case 'told':
      return { state: { ...state, message: event.message }, effect: null };
    case 'written':
      return { state: takeLines(state, event.lines, event.as), effect: null };
    case 'listed': {
      const { services } = event;
      const chosen = services.some(({ name }) => name === state.chosen) ? state.chosen : null;
      return { state: { ...state, services, chosen }, effect: null };
    }
  }
}
