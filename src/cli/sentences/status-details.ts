import { formatDuration } from '../../base/duration.ts';
import type { ServiceUsage } from '../../runtime/metrics/usage-between.ts';
import { describeExit } from '../../runtime/sentences/describe-exit.ts';
import { quoteLog, type Words } from '../../runtime/sentences/sentence.ts';
import { lineUp } from '../screen/columns.ts';
import { docsOf } from '../status/docs-of.ts';
import type { ServiceView } from '../status/service-view.ts';
import type { ServicePorts } from '../status/survey-ports.ts';
import { describePortState } from './describe-port-state.ts';
import { formatBytes } from './describe-resources.ts';
import { describeAddress, describeHealth, describeUptime, remarksOn, STATE_COLOURS } from './describe-view.ts';
import type { TableStyle } from './status-table.ts';

/** Everything that is known about each service, one paragraph a service. */
export function statusDetails(views: readonly ServiceView[], style: TableStyle): readonly string[] {
  return views.flatMap((view, index) => [...(index > 0 ? [''] : []), ...paragraph(view, style)]);
}

function paragraph(view: ServiceView, style: TableStyle): readonly string[] {
  const { paint, words, now } = style;
  const { status } = view;
  const usage = style.usages?.get(status.service);
  const ports = style.ports?.get(status.service);
  const facts: [string, string | null][] = [
    ['state', paint(STATE_COLOURS[view.state], view.state)],
    ['address', view.pid === null ? null : describeAddress(view)],
    ['docs', view.url === null || view.docs === null ? null : docsOf(view.docs, view.url)],
    ['wanted port', status.wantedPort === null ? null : String(status.wantedPort)],
    ['listens on', ports === undefined || ports.listening.length === 0 ? null : ports.listening.join(', ')],
    ['connections', ports === undefined || ports.listening.length === 0 ? null : String(ports.connections)],
    ['its port', describeWanted(ports, words)],
    ['pid', view.pid === null ? null : String(view.pid)],
    ['up for', view.pid === null ? null : describeUptime(view, now)],
    ['ready after', view.pid === null || status.startupMs === null ? null : formatDuration(status.startupMs)],
    ['health', view.pid === null ? null : describeHealth(view, now)],
    ['processor', usage === undefined ? null : `${usage.cpuPercent}%`],
    ['memory', usage === undefined ? null : describeMemory(usage)],
    ['checked', status.health.checkedAt],
    ['restarts', String(status.restarts)],
    ['last exit', status.lastExit === null ? null : `${status.lastExit.at} ${describeExit(status.lastExit)}`.trimEnd()],
    ['command', status.command],
    ['folder', status.cwd],
    ['log', status.log],
    ['supervisor', view.supervised ? `pid ${status.supervisor?.pid}` : 'none'],
  ];
  const known = facts.flatMap(([label, value]) => (value === null ? [] : [[`  ${label}`, value]]));
  return [
    paint('bold', status.service),
    ...lineUp(known),
    ...remarksOn(view, now, words).map((remark) => `  ${paint('dim', remark)}`),
    ...quoteLog(style.lastLines?.get(status.service) ?? []).map((line) => `  ${line}`),
  ];
}

/** Of a service that does not run: whether its port is free, and who has it. */
function describeWanted(ports: ServicePorts | undefined, words: Words): string | null {
  if (ports === undefined || ports.wanted === null) return null;
  const [first = ''] = describePortState(ports.wanted.port, ports.wanted.state, words);
  return first.replace(/^port /, '');
}

function describeMemory({ residentBytes, processes }: ServiceUsage): string {
  return `${formatBytes(residentBytes)} in ${processes === 1 ? '1 process' : `${processes} processes`}`;
}
