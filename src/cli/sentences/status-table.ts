import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import type { ServiceView } from '../service-view.ts';
import { describeAddress, describeHealth, describeUptime, remarksOn, STATE_COLOURS } from './describe-view.ts';
import type { Words } from './sentence.ts';

const HEADER = ['SERVICE', 'STATE', 'ADDRESS', 'PID', 'UP', 'HEALTH'];

export interface TableStyle {
  readonly paint: Paint;
  readonly words: Words;
  /** Epoch ms. */
  readonly now: number;
}

/** One line a service, fit for 80 columns, each followed by what there is to remark. */
export function statusTable(views: readonly ServiceView[], { paint, words, now }: TableStyle): readonly string[] {
  const rows = views.map((view) => [
    view.status.service,
    paint(STATE_COLOURS[view.state], view.state),
    describeAddress(view),
    view.pid === null ? '-' : String(view.pid),
    describeUptime(view, now),
    describeHealth(view),
  ]);
  const [header = '', ...lines] = lineUp([HEADER, ...rows]);
  return [
    paint('dim', header),
    ...views.flatMap((view, index) => [
      lines[index] ?? '',
      ...remarksOn(view, now, words).map((remark) => `  ${paint('dim', remark)}`),
    ]),
  ];
}
