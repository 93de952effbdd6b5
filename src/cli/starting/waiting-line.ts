import { formatDuration } from '../../base/duration.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { readRecords } from '../../runtime/logs/read-records.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { runtimeEventShape } from '../../runtime/state/runtime-event.ts';
import type { CommandContext } from '../context/command-context.ts';
import { LastLine } from '../screen/last-line.ts';
import { viewServices } from '../status/service-view.ts';

/** Of the starts before, which are worth telling. */
const LAST_STARTS = 3;

/** What a start of these services waits for, and how long each of them took the last times. */
export function openWaitingLine(services: readonly ServicePlan[], { checkout, screen }: CommandContext): LastLine {
  const { root } = checkout;
  const before = startupsBefore(root);
  return new LastLine(screen, () => {
    const awaited = viewServices(root, services)
      .filter(({ state, status }) => status.wanted === 'up' && !['ready', 'failed'].includes(state))
      .map(({ pid, status: { service, startedAt } }) => ({
        service,
        sinceMs: pid === null || startedAt === null ? null : Math.max(0, Date.now() - Date.parse(startedAt)),
        lastMs: before.get(service) ?? [],
      }));
    return waitingText(awaited);
  });
}

export interface AwaitedService {
  readonly service: string;
  /** Since its launch; `null`: it waits for others itself. */
  readonly sinceMs: number | null;
  /** From its launch until it was ready, the latest first. */
  readonly lastMs: readonly number[];
}

/** `waiting for backend 4 s (last 3.1 s, 2.9 s), frontend`. */
export function waitingText(awaited: readonly AwaitedService[]): string {
  if (awaited.length === 0) return '';
  return `waiting for ${awaited.map(awaitedText).join(', ')}`;
}

function awaitedText({ service, sinceMs, lastMs }: AwaitedService): string {
  const since = sinceMs === null ? [] : [`${Math.round(sinceMs / 1000)} s`];
  const last = lastMs.length === 0 ? [] : [`(last ${lastMs.map((ms) => formatDuration(ms)).join(', ')})`];
  return [service, ...since, ...last].join(' ');
}

function startupsBefore(root: string): ReadonlyMap<string, readonly number[]> {
  const startups = new Map<string, readonly number[]>();
  for (const event of readRecords(pathsOf(root).events, runtimeEventShape)) {
    if (event.kind !== 'ready') continue;
    startups.set(event.service, [event.startupMs, ...(startups.get(event.service) ?? [])].slice(0, LAST_STARTS));
  }
  return startups;
}
