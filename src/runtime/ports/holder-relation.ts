import type { HolderRelation } from '../state/lifecycle.ts';
import type { RegisteredPort } from './reservations.ts';

/** What this checkout knows about its own processes when it asks who holds a port. */
export interface InspectContext {
  /** The checkout that asks. */
  readonly root: string;
  /** The service that the port is wanted for; `null`: for none in particular. */
  readonly service: string | null;
  /** Pids of the live runs of this checkout, with their service. */
  readonly ownMembers: ReadonlyMap<number, string>;
  /** Pids that an earlier run left behind, with their service. */
  readonly leftovers: ReadonlyMap<number, string>;
  /** The processes that the command came from: never to be ended for it, whatever they hold. */
  readonly callers: ReadonlySet<number>;
  /** The environment variable that marks the processes of a run. */
  tagOf(run: string): string;
}

/** One process as far as its relation to us depends on it. */
export interface HolderFacts {
  readonly pid: number;
  /** `null`: the process table does not show it. */
  readonly userId: number | null;
  /** A container engine's own, which forwards the port. */
  readonly isEngine: boolean;
  /** A browser, an editor, a terminal: it may forward ports, and is more than that to its user. */
  readonly isProtected: boolean;
  /** Names of its environment variables, and after them those of its parents. */
  readonly environmentKeys: ReadonlySet<string>;
}

export interface Observer {
  readonly userId: number;
  /** Ourselves and our ancestors: never to be ended, whatever they hold. */
  readonly self: ReadonlySet<number>;
  readonly registered: readonly RegisteredPort[];
}

/** How a process that holds a port relates to the checkout that asks. */
export function relationOf(holder: HolderFacts, context: InspectContext, observer: Observer): HolderRelation {
  const own = context.ownMembers.get(holder.pid);
  if (own !== undefined) return { kind: own === context.service ? 'own-run' : 'sibling-service', service: own };
  const left = context.leftovers.get(holder.pid);
  if (left !== undefined) return { kind: 'own-leftover', service: left };
  if (holder.isEngine) return { kind: 'container-engine', container: null };
  if (
    holder.userId !== observer.userId ||
    holder.pid <= 1 ||
    holder.isProtected ||
    observer.self.has(holder.pid) ||
    context.callers.has(holder.pid)
  )
    return { kind: 'untouchable' };
  const run = observer.registered.find(({ run }) => run !== null && holder.environmentKeys.has(context.tagOf(run)));
  if (run === undefined) return { kind: 'stranger', resembles: null };
  if (run.root === context.root) return { kind: 'own-leftover', service: run.service };
  return { kind: 'other-checkout', root: run.root, branch: run.branch, service: run.service };
}
