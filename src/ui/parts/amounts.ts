import { formatDuration } from '../../base/duration.ts';

const KIB = 1024;

/** `312 MiB`, `1.2 GiB`. */
export function bytesText(bytes: number): string {
  const mebi = bytes / KIB / KIB;
  return mebi >= 1000 ? `${(mebi / KIB).toFixed(1)} GiB` : `${mebi < 10 ? mebi.toFixed(1) : Math.round(mebi)} MiB`;
}

/** How long ago a time was; `just now` within five seconds, before which seconds would only flicker. */
export function agoText(time: string, nowMs: number): string {
  const ms = nowMs - Date.parse(time);
  if (ms < 5000) return 'just now';
  const seconds = Math.round(ms / 1000);
  return `${seconds < 60 ? `${seconds} s` : formatDuration(ms)} ago`;
}

/** `09:00:07`, and the day where it is another one. */
export function clockText(time: string, nowMs: number): string {
  const moment = new Date(time);
  const clock = moment.toLocaleTimeString(undefined, { hour12: false });
  const isToday = moment.toDateString() === new Date(nowMs).toDateString();
  return isToday ? clock : `${moment.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })} ${clock}`;
}

export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
