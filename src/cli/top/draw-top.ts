import { lineWidth } from '../screen/columns.ts';
import { fitColumns } from '../screen/fit-columns.ts';
import { type Paint, paintPlain } from '../screen/paint.ts';
import { STATE_COLOURS } from '../sentences/describe-view.ts';
import { listRows } from './list-rows.ts';
import { logRows, type Pane } from './log-rows.ts';
import { bottomIndex, shownLines, type TopPlace, type TopService, type TopState } from './top-state.ts';

const BETWEEN = ' │ ';
const HINT = '? help · j/k choose · Enter log · r restart · s start or stop · x kill · o open · / search';
const LOG_HINT = '? help · j/k scroll · Enter list · f follow · e errors · w wrap · / search · n/N above or below';
const HELP = [
  'j k ↓ ↑    choose a service; in the log alone: scroll',
  '0 1-9      choose all, or one by its number',
  'Enter      the log alone, and back; Escape back',
  'r          restart the service',
  's          start it, or stop it if it is up',
  'x          kill it: stop it at once',
  'o          open it in the browser',
  'PgUp PgDn  scroll, as the mouse wheel does',
  'g G        the first lines that are kept, the last',
  'f          follow what is written, or stay',
  'e          only lines that look like errors',
  'w          wrap long lines, or cut them',
  '/          search; n above, N below; Escape ends it',
  'Ctrl+Z     suspend',
];

/** The rows of the whole screen, as many as it has, none wider than it. */
export function drawTop(state: TopState, paint: Paint): readonly string[] {
  const { columns, rows } = state.size;
  const height = Math.max(0, rows - 1);
  const list = listRows(state, height, paint);
  const pane = paneOf(state, paint);
  const right = [...headOf(state, pane), ...(state.mode === 'help' ? helpOf(state.place) : logRows(state, pane))];
  const above = Array.from({ length: height }, (_, row) => {
    const text = fitColumns(right[row] ?? '', pane.columns);
    const left = list[row];
    return fitColumns(left === undefined ? text : `${left}${paint('dim', BETWEEN)}${text}`, columns);
  });
  return [...above, fitColumns(footOf(state, paint), columns)].slice(-rows);
}

/** Where the log is: beside the list, below its head, above the hint. */
export function paneOf(state: TopState, paint: Paint = paintPlain): Pane {
  const [entry] = listRows(state, 1, paintPlain);
  const columns = state.size.columns - (entry === undefined ? 0 : lineWidth(entry) + lineWidth(BETWEEN));
  const rows = Math.max(0, state.size.rows - 1 - headOf(state, { columns, rows: 0, paint }).length);
  return { columns, rows, paint };
}

/** What is shown, and what there is to say about it. */
function headOf(state: TopState, { columns, paint }: Pane): readonly string[] {
  const { services, chosen, only, bottom, wrap, sought } = state;
  const service = services.find(({ name }) => name === chosen);
  const lines = shownLines(state);
  const below = lines.length - 1 - bottomIndex(lines, state);
  const how = [
    only === 'errors' ? 'only errors' : '',
    wrap === 'wrapped' ? 'wrapped' : '',
    sought === '' ? '' : `/${sought}`,
    bottom === null ? '' : below === 0 ? 'not following' : `${below} below`,
  ].filter((each) => each !== '');
  const [what, ...known] = service === undefined ? ['all logs'] : titleOf(service, paint);
  const title = [what, ...how, ...known].join(' · ');
  const remarks = service?.remarks ?? [];
  return [
    title,
    ...remarks.slice(0, state.size.rows < 12 ? 1 : 2).map((each) => paint('yellow', fitColumns(each, columns))),
  ];
}

function titleOf({ name, state, address, health }: TopService, paint: Paint): readonly string[] {
  const known = [address, health].filter((each) => each !== '-');
  return [`${paint('bold', name)} ${paint(STATE_COLOURS[state], state)}`, ...known];
}

function footOf({ mode, sought, message, focus, place }: TopState, paint: Paint): string {
  if (mode === 'searching') return `/${sought}_`;
  if (message !== '') return message;
  const back = place.from === 'attached' ? ' · t back' : '';
  return paint('dim', `q ${place.quits}${back} · ${focus === 'log' ? LOG_HINT : HINT}`);
}

function helpOf({ from, quits }: TopPlace): readonly string[] {
  const back = from === 'attached' ? ['t          back to the plain view'] : [];
  const what = quits === 'leave' ? 'leave; services go on' : 'stop what `up` started here, and leave';
  return [...HELP, ...back, `q Ctrl+C   ${what}`];
}
