import type { ServiceUsage } from '../../runtime/metrics/usage-between.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import type { Usages } from '../status/measure-services.ts';
import type { ServiceView } from '../status/service-view.ts';
import type { ServicePorts } from '../status/survey-ports.ts';
import { formatBytes } from './describe-resources.ts';
import { describeAddress, describeHealth, describeUptime, remarksOn, STATE_COLOURS } from './describe-view.ts';

const HEADER = ['SERVICE', 'STATE', 'ADDRESS', 'PID', 'UP', 'HEALTH'];
const USAGE_HEADER = ['CPU', 'MEMORY'];

export interface TableStyle {
  readonly paint: Paint;
  readonly words: Words;
  /** Epoch ms. */
  readonly now: number;
  /** By service; absent: nothing is said about it. So with the lines, the last ones of the log. */
  readonly usages?: Usages;
  readonly lastLines?: ReadonlyMap<string, readonly string[]>;
  readonly ports?: ReadonlyMap<string, ServicePorts>;
}

/** One line a service, fit for 80 columns, each followed by what there is to remark. */
export function statusTable(views: readonly ServiceView[], style: TableStyle): readonly string[] {
  const { paint, words, now, usages } = style;
  const rows = views.map((view) => [
    view.status.service,
    paint(STATE_COLOURS[view.state], view.state),
    describeAddress(view),
    view.pid === null ? '-' : String(view.pid),
    describeUptime(view, now),
    describeHealth(view, now),
    ...(usages === undefined ? [] : usageCells(usages.get(view.status.service))),
  ]);
  const [header = '', ...lines] = lineUp([usages === undefined ? HEADER : [...HEADER, ...USAGE_HEADER], ...rows]);
  return [
    paint('dim', header),
    ...views.flatMap((view, index) => [
      lines[index] ?? '',
      ...remarksOn(view, now, words).map((remark) => `  ${paint('dim', remark)}`),
    ]),
  ];
}

function usageCells(usage: ServiceUsage | undefined): readonly string[] {
  return usage === undefined ? ['-', '-'] : [`${usage.cpuPercent}%`, formatBytes(usage.residentBytes)];
}
