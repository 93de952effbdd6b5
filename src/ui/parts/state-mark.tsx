import type { StateWord } from '../data/documents.ts';

/** How a state is coloured. */
export const STATE_TONES: Readonly<Record<StateWord | 'running', string>> = {
  ready: 'good',
  running: 'good',
  unhealthy: 'bad',
  failed: 'bad',
  crashed: 'bad',
  starting: 'busy',
  stopping: 'busy',
  'backing-off': 'busy',
  down: 'off',
  unknown: 'busy',
};

export function StateMark({ state }: { readonly state: StateWord | 'running' }) {
  return (
    <span class={`state ${STATE_TONES[state]}`}>
      <span class="dot" aria-hidden="true" />
      {state}
    </span>
  );
}
