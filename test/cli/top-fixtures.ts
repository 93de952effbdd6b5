import { pressKey } from '../../src/cli/top/press-key.ts';
import { readKeys } from '../../src/cli/top/read-keys.ts';
import { stepTop } from '../../src/cli/top/step-top.ts';
import { beginTop, type TopLine, type TopService, type TopState } from '../../src/cli/top/top-state.ts';

export function topService(name: string, rest: Partial<TopService> = {}): TopService {
  const port = 5000 + name.length;
  const address = `http://localhost:${port}`;
  return { name, state: 'ready', isUp: true, port, address, health: 'excellent', remarks: [], ...rest };
}

/** Lines with numbers from `first` on. */
export function topLines(service: string, texts: readonly string[], first = 0): readonly TopLine[] {
  return texts.map((text, index) => ({
    number: first + index,
    service,
    text,
    isError: text.includes('Error'),
  }));
}

export interface TopScene {
  readonly columns?: number;
  readonly rows?: number;
  readonly services?: readonly TopService[];
  readonly lines?: readonly TopLine[];
}

/** A screen that shows these services and lines. */
export function topScene({ columns = 80, rows = 10, services = [], lines = [] }: TopScene): TopState {
  const listed = stepTop(beginTop({ columns, rows }, { from: 'command', quits: 'leave' }), {
    kind: 'listed',
    services,
  }).state;
  return stepTop(listed, { kind: 'written', lines, as: 'known' }).state;
}

/** What is typed, one key after the other. */
export function typed(state: TopState, keys: string): TopState {
  return readKeys(keys, 'none').keys.reduce((before, key) => pressKey(before, key).state, state);
}
