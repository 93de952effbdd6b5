import type { ServiceState } from '../../src/runtime/state/lifecycle.ts';
import type {
  Lifecycle,
  LifecycleEvent,
  TransitionResult,
} from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { STALE_RUN, type Visit, walkTable } from './walk-table.ts';

const STATES: readonly ServiceState[] = ['down', 'starting', 'ready', 'unhealthy', 'stopping', 'backing-off', 'failed'];
/** In the order of a life: what the user asks for, what happens to a run, how it ends. */
const EVENTS: readonly LifecycleEvent['type'][] = [
  'start',
  'stop',
  'restart',
  'adopted',
  'inherited',
  'ready',
  'unhealthy',
  'lapsed',
  'replace',
  'broken',
  'lost-race',
  'exited',
  'stopped',
  'stop-failed',
  'backed-off',
];
const UNCHANGED = '·';

/** The lifecycle table in Markdown, a row for each event and a column for each actual state. */
export function renderTable(): string {
  const visits = walkTable().filter(({ event }) => !('run' in event) || event.run !== STALE_RUN);
  const rows = EVENTS.map((type) => {
    const ofEvent = visits.filter(({ event }) => event.type === type);
    const cells = STATES.map((state) => cellOf(ofEvent.filter(({ before }) => before.state === state)));
    return [`\`${type}\``, wantedBy(ofEvent), ...cells];
  });
  const lines = [['event', 'wanted', ...STATES], Array.from({ length: STATES.length + 2 }, () => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Where this leads; several where the restart policy or the run's past decides. */
function cellOf(visits: readonly Visit[]): string {
  const changes = visits.filter(({ before, step }) => placeOf(before) !== placeOf(step.lifecycle) || launches(step));
  const targets = changes.map(({ step }) => placeOf(step.lifecycle));
  return targets.length === 0 ? UNCHANGED : [...new Set(targets)].sort().join(', ');
}

function placeOf(lifecycle: Lifecycle): string {
  const { state } = lifecycle;
  return state === 'stopping' && lifecycle.next !== 'rest' ? `stopping+${lifecycle.next}` : state;
}

/** Another run is another place, though the state has the same name. */
function launches({ actions }: TransitionResult): boolean {
  return actions.some((action) => action.do === 'launch');
}

function wantedBy(visits: readonly Visit[]): string {
  const changes = visits.filter(({ before, step }) => before.wanted !== step.lifecycle.wanted);
  return [...new Set(changes.map(({ step }) => step.lifecycle.wanted))].join(', ') || UNCHANGED;
}
