import { createStore, useStore } from '../data/store.ts';

interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: string;
  readonly details: readonly string[];
}

const GOOD_MS = 4000;
const BAD_MS = 20_000;

const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

/** Tells what came of something that was done; goes away by itself. */
export function toast(tone: Toast['tone'], text: string, details: readonly string[] = []): void {
  lastId += 1;
  const id = lastId;
  toasts.set((all) => [...all.slice(-3), { id, tone, text, details }]);
  setTimeout(() => dismiss(id), tone === 'good' ? GOOD_MS : BAD_MS);
}

export function Toasts() {
  const all = useStore(toasts, (now) => now);
  return (
    <div class="toasts" role="status" aria-live="polite">
      {all.map(({ id, tone, text, details }) => (
        <div key={id} class={`toast ${tone}`}>
          <div>
            <p>{text}</p>
            {details.length > 0 && <pre>{details.join('\n')}</pre>}
          </div>
          <button type="button" class="plain" aria-label="Dismiss" onClick={() => dismiss(id)}>
            {'\u00d7'}
          </button>
        </div>
      ))}
    </div>
  );
}

function dismiss(id: number): void {
  toasts.set((all) => all.filter((each) => each.id !== id));
}
