import { type ActionWord, act } from '../data/ask.ts';
import { live } from '../data/live.ts';
import { toast } from '../parts/toasts.tsx';

interface Outcome {
  readonly services?: readonly {
    readonly service: string;
    readonly outcome: string;
    readonly failure: Failed | null;
  }[];
}

interface Failed {
  readonly reason: string;
}

const DONE: Readonly<Record<ActionWord, string>> = {
  start: 'Started',
  stop: 'Stopped',
  restart: 'Restarted',
  force: 'Started',
};

/** Does something to services, and tells what came of it. */
export async function perform(action: ActionWord, names: readonly string[]): Promise<void> {
  const { error, services = [] } = await act<Outcome>(action, names);
  if (error !== undefined) return toast('bad', error.message, error.hint === null ? [] : [error.hint]);
  const failed = services.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0) return toast('good', `${DONE[action]} ${names.length === 0 ? 'all' : names.join(', ')}`);
  for (const { service, failure } of failed) {
    // Why, in words, is told with the state of the service, which comes first.
    const why = live.get().project?.services.find((each) => each.service === service)?.why;
    toast('bad', `${service}: ${why?.text ?? failure?.reason ?? 'it failed'}`);
  }
}
