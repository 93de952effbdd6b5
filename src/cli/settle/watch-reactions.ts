import type { ServicePlan } from '../../plan/plan.ts';
import { segmentsOf } from '../../runtime/logs/log-segments.ts';
import { logSources } from '../logs/log-sources.ts';
import type { SettlingService } from './judge-settled.ts';
import { OutputReader } from './read-output.ts';

export interface Reactions
  extends Pick<SettlingService, 'silentMs' | 'hasReacted' | 'hasError' | 'isReloader' | 'isCompiling'> {
  /** When it said last that it reloads; epoch ms, `null`: not since. */
  readonly reloadedAt: number | null;
}

const NOTHING: Reactions = {
  ...{ hasReacted: false, hasError: false, isReloader: false, isCompiling: false },
  ...{ silentMs: null, reloadedAt: null },
};

export type ReactionLook = (since: number, now: number) => Reactions;

/** A look at what a service has written since `since`, in a run that began at `startedAt`; all in epoch ms. */
export function watchReactions(root: string, service: ServicePlan, startedAt: number): ReactionLook {
  const [source] = logSources(root, [service]);
  if (source === undefined) return () => NOTHING;
  const reader = new OutputReader(source, startedAt);
  return (since, now) => {
    const newest = segmentsOf(source).at(-1);
    if (newest === undefined) return NOTHING;
    const { reactedAt, errorsAt, compiling } = reader.readOn(newest);
    const reloadedAt = reactedAt.findLast((at) => at >= since) ?? null;
    return {
      silentMs: newest.size === 0 ? null : Math.max(0, now - newest.writtenAt),
      hasReacted: reloadedAt !== null,
      hasError: errorsAt.some((at) => at >= (reloadedAt ?? since)),
      reloadedAt,
      isReloader: reactedAt.length > 0,
      isCompiling: compiling?.word === 'begun' && compiling.at >= since,
    };
  };
}
