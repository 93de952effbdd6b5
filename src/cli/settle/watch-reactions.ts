import { cleanText } from '../../base/clean-text.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { findErrors } from '../../runtime/errors/find-errors.ts';
import { segmentsOf } from '../../runtime/logs/log-segments.ts';
import { reactionsIn } from '../errors/reactions-in.ts';
import { linesSince } from '../errors/read-errors.ts';
import { logSources } from '../logs/log-sources.ts';
import { isCompiling } from './is-compiling.ts';
import type { SettlingService } from './judge-settled.ts';

export interface Reactions
  extends Pick<SettlingService, 'silentMs' | 'hasReacted' | 'hasError' | 'isReloader' | 'isCompiling'> {
  /** When it said last that it reloads; epoch ms, `null`: not since. */
  readonly reloadedAt: number | null;
}

const NOTHING = {
  ...{ hasReacted: false, hasError: false, isReloader: false, isCompiling: false },
  reloadedAt: null as number | null,
};

export type ReactionLook = (since: number, now: number) => Reactions;

/**
 * A look at what a service writes in a run that began at `startedAt`; what it wrote since `since` is read again only
 * when there is more. All in epoch ms.
 */
export function watchReactions(root: string, service: ServicePlan, startedAt: number): ReactionLook {
  const [source] = logSources(root, [service]);
  let key = '';
  let said = NOTHING;
  let isReloader: boolean | undefined;
  return (since, now) => {
    const newest = source && segmentsOf(source).at(-1);
    if (source === undefined || newest === undefined) return { silentMs: null, ...NOTHING };
    const current = `${since} ${newest.size} ${newest.writtenAt}`;
    if (current !== key) {
      const lines = linesSince(source, since);
      const reloadedAt = reactionsIn(lines).at(-1) ?? null;
      isReloader ??= reactionsIn(linesSince(source, startedAt)).length > 0;
      isReloader ||= reloadedAt !== null;
      const hasError = findErrors(lines).some(({ line }) => line.at >= (reloadedAt ?? since));
      const compiles = isCompiling(lines.map(({ text }) => cleanText(text, 'plain')));
      said = { hasReacted: reloadedAt !== null, hasError, reloadedAt, isReloader, isCompiling: compiles };
      key = current;
    }
    return { silentMs: newest.size === 0 ? null : Math.max(0, now - newest.writtenAt), ...said };
  };
}
