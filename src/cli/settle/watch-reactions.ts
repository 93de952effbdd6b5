import type { ServicePlan } from '../../plan/plan.ts';
import { findErrors } from '../../runtime/errors/find-errors.ts';
import { segmentsOf } from '../../runtime/logs/log-segments.ts';
import { linesSince } from '../errors/read-errors.ts';
import { logSources } from '../logs/log-sources.ts';
import type { SettlingService } from './judge-settled.ts';

export type Reactions = Pick<SettlingService, 'silentMs' | 'hasReacted' | 'hasError'>;

/** What reloaders and bundlers say when they have seen a change. */
const REACTION =
  /\bre-?(?:load|start|build|compil)|\bhmr\b|\bhot\b.*\bupdate|\bcompil(?:ed|ing)\b|\bchanges? detected\b/i;

/** A look at what a service writes; what it wrote since `since`, epoch ms, is read again only when there is more. */
export function watchReactions(root: string, service: ServicePlan): (since: number, now: number) => Reactions {
  const [source] = logSources(root, [service]);
  let key = '';
  let said = { hasReacted: false, hasError: false };
  return (since, now) => {
    const newest = source && segmentsOf(source).at(-1);
    if (source === undefined || newest === undefined) return { silentMs: null, hasReacted: false, hasError: false };
    const current = `${since} ${newest.size} ${newest.writtenAt}`;
    if (current !== key) {
      const lines = linesSince(source, since);
      said = { hasReacted: lines.some(({ text }) => REACTION.test(text)), hasError: findErrors(lines).length > 0 };
      key = current;
    }
    return { silentMs: newest.size === 0 ? null : Math.max(0, now - newest.writtenAt), ...said };
  };
}
