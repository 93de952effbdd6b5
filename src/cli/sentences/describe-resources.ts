import { formatDuration } from '../../base/duration.ts';
import type { Space } from '../../platform/system-facts.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import type { MachineReport } from '../status/take-report.ts';

const UNITS = ['KB', 'MB', 'GB', 'TB'];

/** A number of bytes for people: `512 MB`, `1.4 GB`; units of 1024. */
export function formatBytes(bytes: number): string {
  let amount = bytes / 1024;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount < 10 && unit > 0 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}

/** How the machine is doing, one line each. */
export function describeSystem(
  { memory, disk, processors, load, uptimeMs, cpuPercent }: MachineReport,
  paint: Paint,
): readonly string[] {
  const facts: readonly (readonly [string, string])[] = [
    ['memory', describeSpace(memory)],
    ['disk', disk === null ? 'unknown' : describeSpace(disk)],
    ['load', `${load.join(' ')} (${processors === 1 ? '1 processor' : `${processors} processors`})`],
    ...(cpuPercent === null ? [] : [['cpu', `${cpuPercent}%`] as const]),
    ['up', formatDuration(uptimeMs)],
  ];
  return [paint('bold', 'this machine'), ...lineUp(facts.map(([label, value]) => [`  ${label}`, value]))];
}

export function describeMachineUptime(uptimeMs: number): string {
  return `this machine: up ${formatDuration(uptimeMs)}`;
}

function describeSpace({ totalBytes, availableBytes }: Space): string {
  return `${formatBytes(availableBytes)} of ${formatBytes(totalBytes)} available`;
}
