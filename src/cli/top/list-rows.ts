import { lineUp, lineWidth } from '../screen/columns.ts';
import { padColumns } from '../screen/fit-columns.ts';
import type { Paint } from '../screen/paint.ts';
import { STATE_COLOURS } from '../sentences/describe-view.ts';
import type { TopService, TopState } from './top-state.ts';

/** The names of the states are in the log's title; each differs without colours, too. */
const SIGNS: Readonly<Record<TopService['state'], string>> = {
  ready: '●',
  unhealthy: '!',
  failed: '✗',
  crashed: '✗',
  starting: '◐',
  stopping: '◐',
  'backing-off': '◐',
  down: '○',
  unknown: '?',
};
const ALL = 'all logs';
const NEWS = '+';
/** The list never takes more of the width, but for what it needs to show names at all. */
const MOST_SHARE = 0.4;
const LEAST_COLUMNS = 16;

/** Where a service stands in the list is how one chooses it; 0 is for all. */
export function listRows(state: TopState, height: number, paint: Paint): readonly string[] {
  if (state.focus === 'log') return [];
  const most = Math.max(LEAST_COLUMNS, Math.floor(state.size.columns * MOST_SHARE));
  const whole = entries(state, 'url', paint);
  const fits = whole.every((entry) => lineWidth(entry) <= most);
  const lines = fits ? whole : entries(state, 'port', paint);
  const columns = Math.min(most, Math.max(...lines.map(lineWidth)));
  const chosen = 1 + state.services.findIndex(({ name }) => name === state.chosen);
  const first = Math.max(0, Math.min(chosen - Math.floor(height / 2), lines.length - height));
  return Array.from({ length: height }, (_, row) => padColumns(lines[first + row] ?? '', columns));
}

function entries({ services, chosen, news }: TopState, address: 'url' | 'port', paint: Paint): readonly string[] {
  const signOf = ({ name, state }: TopService): string =>
    paint(STATE_COLOURS[state], SIGNS[state]) + (news.has(name) ? NEWS : ' ');
  const lines = lineUp(
    services.map((service, index) => [
      `${keyOf(index + 1)} ${signOf(service)}${service.name}`,
      address === 'url' ? service.address : service.port === null ? '-' : `:${service.port}`,
      service.health,
    ]),
  );
  return [`0   ${ALL}`, ...lines].map((line, index) => {
    const isChosen = index === 0 ? chosen === null : services[index - 1]?.name === chosen;
    return isChosen ? `›${paint('bold', line)}` : ` ${line}`;
  });
}

function keyOf(position: number): string {
  return position < 10 ? String(position) : ' ';
}
