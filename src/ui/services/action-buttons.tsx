import { useState } from 'preact/hooks';
import type { ActionWord } from '../data/ask.ts';
import type { ServiceDocument } from '../data/documents.ts';
import { confirmed } from '../parts/confirm.tsx';
import { perform } from './perform.ts';

/** What can be done to a service in its state. */
export function ActionButtons({ service }: { readonly service: ServiceDocument }) {
  const [doing, setDoing] = useState<ActionWord | null>(null);
  const name = service.service;
  const isUp = service.pid !== null || service.state === 'starting' || service.state === 'backing-off';
  const run = async (action: ActionWord): Promise<void> => {
    if (action === 'force' && !(await confirmed(forceQuestion(service)))) return;
    setDoing(action);
    await perform(action, [name]);
    setDoing(null);
  };
  const button = (action: ActionWord, label: string, hint: string) => (
    <button
      type="button"
      disabled={doing !== null}
      aria-busy={doing === action}
      aria-label={`${label} ${name}`}
      title={hint}
      onClick={() => void run(action)}
    >
      {label}
    </button>
  );
  return (
    <div class="buttons">
      {isUp
        ? button('restart', 'Restart', 'Stop it and start it again')
        : button('start', 'Start', 'Start it with what it depends on')}
      {isUp && button('stop', 'Stop', 'Stop it with everything it started')}
      {button('force', 'Force', 'Take its port back from whatever holds it, and start it anew')}
    </div>
  );
}

function forceQuestion({ service, wantedPort }: ServiceDocument) {
  const port = wantedPort === null ? 'its port' : `port ${wantedPort}`;
  return {
    title: `Start ${service} by force?`,
    text: `What holds ${port} is ended, even if it does not belong to this project; ${service} starts anew.`,
    doIt: 'Force',
  };
}
